from itertools import islice
def f(): pass
def gen():
    while True:
        yield f
for fn in islice(gen(), 2):
    fn()
