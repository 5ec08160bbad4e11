from collections import defaultdict
def f(): return 1
defaultdict(f)["x"]
