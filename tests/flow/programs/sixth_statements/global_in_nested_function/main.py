def f(): pass
def setup():
    def inner():
        global act
        act = f
    inner()
setup()
act()
