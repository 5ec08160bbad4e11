class Lazy:
    def __init__(self, fn): self.fn = fn
    def __get__(self, obj, cls):
        value = self.fn(obj)
        obj.__dict__[self.fn.__name__] = value
        return value
def act(): pass
class A:
    @Lazy
    def tool(self): return act
a = A()
a.tool()
