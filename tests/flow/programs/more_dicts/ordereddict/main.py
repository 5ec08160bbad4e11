from collections import OrderedDict
def f(): pass
def g(): pass
d = OrderedDict([("a", f), ("b", g)])
d["b"]()
