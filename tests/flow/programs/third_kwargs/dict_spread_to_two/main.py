def one():
    pass
def two():
    pass
def a(f, g):
    f()
def b(g, f):
    g()
opts = dict(f=one, g=two)
a(**opts)
b(**opts)
