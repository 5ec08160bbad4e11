def key(): return "k"
def make(): return lambda: done()
def done(): pass
table = {key(): make(), **{"x": 1}}
table["k"]()
