class A:
    def step(self):
        pass

    def run(self, action=step):
        action(self)

A().run()
