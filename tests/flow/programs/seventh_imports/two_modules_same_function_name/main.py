from m1 import f
from m2 import f as f2
f()
f2()
