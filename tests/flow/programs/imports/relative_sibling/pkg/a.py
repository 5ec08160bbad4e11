from . import b

def go():
    b.run()
