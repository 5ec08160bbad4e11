def f():
    pass

def g():
    pass

class A:
    def __init__(self, action):
        self.action = action

    def run(self):
        self.action()

def first():
    A(f).run()

def second():
    A(g).run()

first()
second()
