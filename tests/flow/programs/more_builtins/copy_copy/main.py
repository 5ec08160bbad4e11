import copy
class A:
    def run(self): pass
b = copy.deepcopy(A())
b.run()
