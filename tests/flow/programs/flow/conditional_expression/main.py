import sys

def f():
    pass

def g():
    pass

(f if sys.argv else g)()
