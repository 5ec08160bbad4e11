import unknown_lib
class A(unknown_lib.Base):
    def run(self):
        super().run()
        self.step()
    def step(self): pass
A().run()
