inner = lambda: leaf()
outer = lambda: inner()
def leaf():
    pass
outer()
