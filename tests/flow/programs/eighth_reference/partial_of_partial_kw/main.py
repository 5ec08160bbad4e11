from functools import partial
def run(a, b, *, c): a(); c()
def f(): pass
def g(): pass
p = partial(partial(run, f), c=g)
p(None)
