import sys
def one():
    pass
f = (lambda: one()) if sys.argv else (lambda: None)
f()
