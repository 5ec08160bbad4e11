class Base(Exception):
    def log(self): self.text()
    def text(self): pass
class Child(Base):
    def text(self): pass
try:
    raise Child()
except Base as e:
    e.log()
