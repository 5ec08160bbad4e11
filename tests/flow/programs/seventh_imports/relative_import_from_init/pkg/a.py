from .b import g
def f(): g()
