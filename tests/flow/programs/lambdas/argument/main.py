def f():
    pass

def run(action):
    action()

run(lambda: f())
