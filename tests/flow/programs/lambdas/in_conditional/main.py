def f():
    pass

def g():
    pass

import sys
action = (lambda: f()) if sys.argv else (lambda: g())
action()
