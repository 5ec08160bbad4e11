from pkg import *
x.f()
