def f():
    pass

class A:
    def run(self):
        action = lambda: f()
        action()

A().run()
