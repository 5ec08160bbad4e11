def f():
    pass

def run(**options):
    for name, action in options.items():
        action()

run(go=f)
