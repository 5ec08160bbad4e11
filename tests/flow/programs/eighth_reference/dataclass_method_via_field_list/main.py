from dataclasses import dataclass, field
@dataclass
class Bus:
    handlers: list = field(default_factory=list)
    def emit(self):
        for h in self.handlers: h()
def a(): pass
b = Bus()
b.handlers.append(a)
b.emit()
