def f(): pass
def g(): pass
class K:
    def __hash__(self): return 1
    def run(self): pass
for k, v in {K(): f}.items():
    k.run()
    v()
