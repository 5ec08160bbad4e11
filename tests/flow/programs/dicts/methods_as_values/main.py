class A:
    def __init__(self):
        self.table = {"x": self.first, "y": self.second}

    def first(self):
        pass

    def second(self):
        pass

    def run(self, name):
        self.table[name]()

A().run("y")
