from functools import partialmethod
class A:
    def run(self, action): action()
    run_f = partialmethod(run, lambda: f())
def f(): pass
A().run_f()
