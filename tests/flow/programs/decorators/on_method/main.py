def deco(f):
    def inner(self):
        return f(self)
    return inner

class A:
    @deco
    def run(self):
        self.step()

    def step(self):
        pass

A().run()
