class A:
    def __init__(self):
        self.fs = []
    def add(self, f):
        self.fs.append(f)
    def run(self):
        for f in self.fs:
            f()
def f(): pass
a = A()
a.add(f)
a.run()
