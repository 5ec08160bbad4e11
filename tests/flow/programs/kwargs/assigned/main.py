def f():
    pass

def run(action=None):
    chosen = action
    chosen()

run(action=f)
