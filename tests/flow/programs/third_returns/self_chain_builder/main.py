class Q:
    def where(self, f):
        self.f = f
        return self
    def run(self):
        self.f()
def one():
    pass
Q().where(one).run()
