def f():
    pass

def g():
    pass

class A:
    def __init__(self, action):
        self.action = action

first = A(f)
second = A(g)
second.action()
