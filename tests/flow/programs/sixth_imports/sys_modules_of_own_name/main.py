import sys
def f(): pass
me = sys.modules[__name__]
getattr(me, "f")()
