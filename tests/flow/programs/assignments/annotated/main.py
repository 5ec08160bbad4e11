from typing import Callable

def f():
    pass

action: Callable = f
action()
