class Base:
    subs = []
    def __init_subclass__(cls):
        Base.subs.append(cls)
class A(Base):
    def go(self): pass
class B(Base):
    def go(self): pass
for c in Base.subs:
    c().go()
