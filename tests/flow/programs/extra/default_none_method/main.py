class A:
    def __init__(self, hook=None):
        self.hook = hook or self.noop

    def noop(self):
        pass

    def run(self):
        self.hook()

A().run()
