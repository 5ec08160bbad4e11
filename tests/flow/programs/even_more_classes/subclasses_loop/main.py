class Base:
    def run(self): pass
class A(Base):
    def run(self): pass
class B(Base):
    def run(self): pass
for c in Base.__subclasses__():
    c().run()
