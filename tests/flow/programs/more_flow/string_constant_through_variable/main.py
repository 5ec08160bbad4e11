def f():
    pass

def g():
    pass

NAME = "g"
table = {"f": f, "g": g}

def run(name=NAME):
    table[name]()

run()
