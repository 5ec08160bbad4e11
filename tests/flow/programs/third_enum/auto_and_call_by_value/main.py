from enum import Enum
class Op(Enum):
    ADD = "add"
    def run(self):
        work()
def work():
    pass
Op("add").run()
