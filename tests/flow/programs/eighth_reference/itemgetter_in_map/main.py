from operator import itemgetter
def f(): pass
for fn in map(itemgetter("fn"), [{"fn": f}]):
    fn()
