def leaf():
    pass
def middle(f):
    f()
def outer(g, f):
    g(f)
outer(middle, leaf)
