class Base:
    registry = {}
    def __init_subclass__(cls, name, **kw):
        super().__init_subclass__(**kw)
        Base.registry[name] = cls
class X(Base, name="x"):
    def go(self):
        pass
class Y(Base, name="y"):
    def go(self):
        pass
Base.registry["x"]().go()
