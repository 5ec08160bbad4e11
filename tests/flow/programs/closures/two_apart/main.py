def make(action):
    def inner():
        return action
    return inner

def f():
    pass

def g():
    pass

first = make(f)
second = make(g)
second()()
