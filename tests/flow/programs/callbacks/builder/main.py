class Builder:
    def __init__(self):
        self.steps = []

    def add(self, step):
        self.steps.append(step)
        return self

    def build(self):
        for step in self.steps:
            step()

def f():
    pass

def g():
    pass

Builder().add(f).add(g).build()
