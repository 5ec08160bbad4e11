class Base:
    reg = {}
    def __init_subclass__(cls, name, **kw):
        Base.reg[name] = cls
class A(Base, name="a"):
    def run(self): pass
class B(Base, name="b"):
    def run(self): pass
Base.reg["a"]().run()
