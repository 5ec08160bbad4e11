def g(): pass
from tools import *
f()
g()
