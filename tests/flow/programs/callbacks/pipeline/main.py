class Stage:
    def __init__(self, action):
        self.action = action

    def __or__(self, other):
        return Chain(self, other)

    def run(self):
        self.action()

class Chain:
    def __init__(self, first, second):
        self.first, self.second = first, second

    def run(self):
        self.first.run()
        self.second.run()

def f():
    pass

def g():
    pass

(Stage(f) | Stage(g)).run()
