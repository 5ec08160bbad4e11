from functools import partial
def run(f, g):
    g()
def one():
    pass
def two():
    pass
p = partial(run, one, g=two)
p()
