class Base:
    kinds = {}

    def __init_subclass__(cls):
        Base.kinds[cls.__name__] = cls

class Text(Base):
    def run(self):
        pass

class Image(Base):
    def run(self):
        pass

Base.kinds["Image"]().run()
