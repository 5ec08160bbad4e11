def f():
    pass

def g():
    pass

def run(name):
    match name:
        case "f":
            f()
        case _:
            g()

run(input())
