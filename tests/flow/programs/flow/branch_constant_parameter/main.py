def f():
    pass

def g():
    pass

def run(flag):
    if flag:
        f()
    else:
        g()

run(True)
