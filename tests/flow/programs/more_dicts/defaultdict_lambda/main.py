from collections import defaultdict
def f(): pass
d = defaultdict(lambda: f)
d["x"]()
