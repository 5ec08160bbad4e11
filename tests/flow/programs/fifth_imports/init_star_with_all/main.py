import pkg
pkg.shown()
