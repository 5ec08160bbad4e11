class A:
    def __init__(self):
        self.items = [one]
    def run(self):
        for f in self.items:
            f()
def one():
    pass
A().run()
