def f():
    pass

def g():
    pass

def run(actions, i):
    actions[i]()

run([f, g], 0)
