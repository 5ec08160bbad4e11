import sys
def a(): pass
def b(): pass
f = a
if sys.argv:
    f = b
f()
