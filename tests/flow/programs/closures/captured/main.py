def make(action):
    def inner():
        action()
    return inner

def f():
    pass

make(f)()
