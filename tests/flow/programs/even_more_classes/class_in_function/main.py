def make(fn):
    class A:
        def run(self):
            fn()
    return A
def f(): pass
make(f)().run()
