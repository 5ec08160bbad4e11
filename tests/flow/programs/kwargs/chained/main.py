def f():
    pass

def first(action):
    second(callback=action)

def second(callback):
    callback()

first(action=f)
