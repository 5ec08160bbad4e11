class A:
    def run(self):
        pass

class B:
    def run(self):
        pass

def call(x):
    x.run()

def use_a():
    call(A())

use_a()
