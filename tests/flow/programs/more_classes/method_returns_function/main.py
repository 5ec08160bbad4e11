def f():
    pass

class A:
    def pick(self):
        return f

A().pick()()
