from collections import UserDict
class D(UserDict):
    def __setitem__(self, k, v):
        note()
        super().__setitem__(k, v)
def note(): pass
def f(): pass
d = D()
d["a"] = f
d["a"]()
