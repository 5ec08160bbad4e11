def a():
    def b():
        def c():
            leaf()
        return c
    return b
def leaf():
    pass
a()()()
