def one():
    pass
def two():
    pass
def make():
    f = one
    def swap():
        nonlocal f
        f = two
    def call():
        f()
    return swap, call
swap, call = make()
swap()
call()
