def f():
    pass

class A:
    @property
    def action(self):
        return f

A().action()
