import random

def f():
    pass

def g():
    pass

def pick():
    return f if random.random() > 0.5 else g

pick()()
