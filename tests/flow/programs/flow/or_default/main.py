def f():
    pass

def g():
    pass

def run(action=None):
    action = action or g
    action()

run()
