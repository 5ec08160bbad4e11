def f():
    pass

class State:
    action = None

def setup():
    State.action = f

def run():
    State.action()

setup()
run()
