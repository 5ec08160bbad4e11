class Base:
    def go(self):
        pass
class L(Base):
    def go(self):
        super().go()
class R(Base):
    def go(self):
        super().go()
class D(L, R):
    def go(self):
        super().go()
D().go()
