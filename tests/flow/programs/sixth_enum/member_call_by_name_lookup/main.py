from enum import Enum
class Op(Enum):
    ADD = "add"
    SUB = "sub"
    def run(self): return {"add": add, "sub": sub}[self.value]()
def add(): pass
def sub(): pass
Op["ADD"].run()
