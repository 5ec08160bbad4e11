def f(): pass
def g(): pass
def outer():
    act = f
    def change():
        nonlocal act
        act = g
    change()
    act()
outer()
