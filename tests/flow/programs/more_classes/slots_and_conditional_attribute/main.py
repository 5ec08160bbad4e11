import sys

def f():
    pass

def g():
    pass

class A:
    def __init__(self):
        if sys.argv:
            self.action = f
        else:
            self.action = g

    def run(self):
        self.action()

A().run()
