from typing import Callable
def f(): pass
h: Callable
h = f
h()
