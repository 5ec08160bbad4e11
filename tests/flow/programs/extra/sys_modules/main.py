import sys

def f():
    pass

getattr(sys.modules[__name__], "f")()
