import os
class P:
    def __fspath__(self): return name()
def name(): return "x"
os.fspath(P())
