class A:
    actions = {"go": lambda self: self.run()}
    def run(self):
        pass
    def act(self, name):
        self.actions[name](self)
A().act("go")
