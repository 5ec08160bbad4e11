def a(fn):
    def wa(): fn()
    return wa
def b(fn):
    def wb(): fn()
    return wb
@a
@b
def f(): pass
f()
