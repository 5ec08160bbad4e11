class T:
    def __getitem__(self, k): return Num()
    def __setitem__(self, k, v): v.seen()
class Num:
    def __add__(self, other): return self
    def seen(self): pass
t = T()
t["a"] += 1
