class B:
    def run(self):
        pass

class A:
    def __init__(self):
        self.b = B()

A().b.run()
