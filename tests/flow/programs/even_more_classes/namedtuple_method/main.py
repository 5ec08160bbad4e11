from typing import NamedTuple
class P(NamedTuple):
    cb: object
    def run(self):
        self.cb()
def f(): pass
P(f).run()
