from typing import override
class A:
    def run(self): pass
class B(A):
    @override
    def run(self): pass
B().run()
