from functools import partial

class A:
    def run(self, action):
        action()

def f():
    pass

partial(A().run, f)()
