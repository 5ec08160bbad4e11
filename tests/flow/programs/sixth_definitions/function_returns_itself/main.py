def f():
    step()
    return f
def step(): pass
f()()()
