from two import g as h
