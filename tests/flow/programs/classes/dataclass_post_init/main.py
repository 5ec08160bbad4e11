from dataclasses import dataclass

@dataclass
class Job:
    name: str

    def __post_init__(self):
        self.check()

    def check(self):
        pass

Job("a")
