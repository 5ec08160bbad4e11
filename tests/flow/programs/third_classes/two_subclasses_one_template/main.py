class Base:
    def run(self):
        self.step()
class X(Base):
    def step(self):
        pass
class Y(Base):
    def step(self):
        pass
X().run()
