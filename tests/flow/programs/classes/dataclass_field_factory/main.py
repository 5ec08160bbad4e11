from dataclasses import dataclass, field

def make():
    return Tool()

class Tool:
    def run(self):
        pass

@dataclass
class Job:
    tool: Tool = field(default_factory=make)

Job().tool.run()
