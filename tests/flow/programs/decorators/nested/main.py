def outer(f):
    def first():
        f()
    return first

def inner(f):
    def second():
        f()
    return second

@outer
@inner
def work():
    pass

work()
