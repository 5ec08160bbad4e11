def outer(f):
    def wo():
        f()
    return wo
def inner(f):
    def wi():
        f()
    return wi
@outer
@inner
def work():
    pass
work()
