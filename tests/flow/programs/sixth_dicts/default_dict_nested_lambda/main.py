from collections import defaultdict
def f(): pass
d = defaultdict(lambda: defaultdict(list))
d["x"]["y"].append(f)
d["x"]["y"][0]()
