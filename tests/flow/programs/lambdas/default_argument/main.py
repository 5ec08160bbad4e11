def f():
    pass

def run(action=lambda: f()):
    action()

run()
