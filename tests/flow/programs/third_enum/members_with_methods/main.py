from enum import Enum
class Kind(Enum):
    A = 1
    B = 2
    def label(self):
        return show(self.value)
def show(v):
    return v
for kind in Kind:
    kind.label()
