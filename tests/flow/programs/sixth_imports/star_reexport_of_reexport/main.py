from b import *
f()
h()
