def visit(n, cb):
    cb(n)
    if n: visit(n - 1, cb)
def show(n): pass
visit(2, show)
