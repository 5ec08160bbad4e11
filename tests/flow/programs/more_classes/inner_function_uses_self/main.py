class A:
    def run(self):
        def inner():
            self.step()
        inner()

    def step(self):
        pass

A().run()
