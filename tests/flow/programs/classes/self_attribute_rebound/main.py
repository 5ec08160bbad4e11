def f():
    pass

def g():
    pass

class A:
    def run(self):
        self.action = f
        self.action = g
        self.action()

A().run()
