class A:
    def items(self):
        yield B()
class B:
    def run(self): pass
for b in A().items():
    b.run()
