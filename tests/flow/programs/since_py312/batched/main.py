from itertools import batched
def f(): pass
for group in batched([f], 1):
    for fn in group:
        fn()
