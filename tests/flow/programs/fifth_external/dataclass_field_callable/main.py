from dataclasses import dataclass
@dataclass
class Step:
    name: str
    run: object
def one():
    pass
steps = [Step("a", one)]
for step in steps:
    step.run()
