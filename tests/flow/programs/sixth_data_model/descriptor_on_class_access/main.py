class D:
    def __get__(self, obj, owner=None):
        return owner.make if obj is None else obj.run
class A:
    d = D()
    @staticmethod
    def make(): pass
    def run(self): pass
A.d()
A().d()
