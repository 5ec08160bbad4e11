from functools import partial

def f():
    pass

def g():
    pass

def run(a, b):
    b()

partial(run, b=g)(f)
