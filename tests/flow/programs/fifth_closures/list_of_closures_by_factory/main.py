def one():
    pass
def two():
    pass
def bind(f):
    def call():
        f()
    return call
fs = [bind(one), bind(two)]
fs[0]()
