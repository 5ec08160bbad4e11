class A:
    def run(self):
        pass

class B:
    def run(self):
        pass

def use(x):
    match x:
        case A() as a:
            a.run()

use(A())
use(B())
