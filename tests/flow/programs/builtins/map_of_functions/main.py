def f():
    pass

def g():
    pass

def call(action):
    action()

list(map(call, (f, g)))
