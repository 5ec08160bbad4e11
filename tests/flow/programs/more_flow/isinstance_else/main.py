class A:
    def run(self):
        pass

class B:
    def go(self):
        pass

def use(x):
    if isinstance(x, A):
        x.run()
    else:
        x.go()

use(A())
use(B())
