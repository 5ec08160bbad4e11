class A:
    def __init__(self):
        self.action = self.step

    def step(self):
        pass

    def run(self):
        self.action()

A().run()
