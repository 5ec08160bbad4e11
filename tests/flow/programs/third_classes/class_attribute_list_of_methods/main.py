class A:
    def x(self):
        pass
    def y(self):
        pass
    steps = [x, y]
    def run(self):
        for step in self.steps:
            step(self)
A().run()
