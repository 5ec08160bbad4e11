def f():
    pass

def run(action=None):
    if action is not None:
        action()

run(f)
run()
