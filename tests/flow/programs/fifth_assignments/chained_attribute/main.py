class A:
    pass
def one():
    pass
a = A()
a.x = a.y = one
a.y()
