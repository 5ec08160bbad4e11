def f(self):
    pass

class A:
    def run(self):
        pass

A.run = f
A().run()
