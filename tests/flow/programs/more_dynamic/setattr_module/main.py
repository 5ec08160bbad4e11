import sys
def f(): pass
setattr(sys.modules[__name__], "g", f)
g()
