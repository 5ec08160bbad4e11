def f():
    pass

def run():
    return f()

run()
