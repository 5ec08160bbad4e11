class Base:
    def __init_subclass__(cls, /, kind=None, **kw):
        super().__init_subclass__(**kw)
        cls.setup()
    @classmethod
    def setup(cls): pass
class A(Base, kind="a"):
    @classmethod
    def setup(cls): pass
