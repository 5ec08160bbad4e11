from dataclasses import dataclass, field
def make(): return Tool()
class Tool:
    def run(self): pass
@dataclass
class A:
    tool: Tool = field(default_factory=make)
A().tool.run()
