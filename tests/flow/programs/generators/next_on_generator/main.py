def f():
    pass

def steps():
    yield f

next(steps())()
