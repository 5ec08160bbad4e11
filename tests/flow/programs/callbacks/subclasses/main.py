class Base:
    pass

class Child(Base):
    def run(self):
        pass

for cls in Base.__subclasses__():
    cls().run()
