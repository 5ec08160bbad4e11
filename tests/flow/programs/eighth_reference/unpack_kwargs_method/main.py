class A:
    def run(self, first, second): second()
def f(): pass
args = {"first": None, "second": f}
A().run(**args)
