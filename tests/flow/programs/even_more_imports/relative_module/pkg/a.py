from . import b
def go(): b.f()
