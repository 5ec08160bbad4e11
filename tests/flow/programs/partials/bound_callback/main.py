from functools import partial

def f():
    pass

def run(action):
    action()

go = partial(run, f)
go()
