def f():
    pass

class A:
    def __init__(self):
        self.action = f

class B(A):
    def run(self):
        self.action()

B().run()
