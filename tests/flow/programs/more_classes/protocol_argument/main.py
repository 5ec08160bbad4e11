from typing import Protocol

class Runner(Protocol):
    def run(self):
        ...

class Real:
    def run(self):
        pass

def use(runner: Runner):
    runner.run()

use(Real())
