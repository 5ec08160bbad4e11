from pkg import *
own()
_hidden()
