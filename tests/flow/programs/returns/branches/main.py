import sys

def f():
    pass

def g():
    pass

def choose(flag):
    if flag:
        return f
    return g

choose(sys.argv)()
