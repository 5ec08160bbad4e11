def f():
    pass

def g():
    pass

actions = {"f": f, "g": g}

def run(key):
    actions[key]()

run("f")
