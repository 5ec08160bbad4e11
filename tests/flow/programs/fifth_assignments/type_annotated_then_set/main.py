from typing import Callable
f: Callable
def one():
    pass
f = one
f()
