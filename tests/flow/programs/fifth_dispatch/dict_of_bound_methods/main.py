class Shell:
    def __init__(self):
        self.table = {"a": self.a, "b": self.b}
    def a(self):
        pass
    def b(self):
        pass
    def run(self, name):
        self.table[name]()
Shell().run("a")
