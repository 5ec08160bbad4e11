from collections import OrderedDict
def f(): pass
def g(): pass
d = OrderedDict(a=f)
d["b"] = g
d.move_to_end("a")
d.pop("b")()
