from collections import defaultdict
def a(): pass
subs = defaultdict(list)
subs["x"].append(a)
for name, fs in subs.items():
    for f in fs: f()
