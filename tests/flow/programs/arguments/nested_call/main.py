def leaf():
    pass

def wrap(f):
    return f

def run(f):
    f()

run(wrap(leaf))
