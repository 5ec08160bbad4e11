def f():
    pass

def outer():
    action = None

    def setup():
        nonlocal action
        action = f

    setup()
    action()

outer()
