def f():
    pass

class A:
    def __init__(self, action):
        self.action = action

    def run(self):
        self.action()

A(f).run()
