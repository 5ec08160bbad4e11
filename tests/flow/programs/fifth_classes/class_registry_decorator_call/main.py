registry = {}
def register(name):
    def deco(cls):
        registry[name] = cls
        return cls
    return deco
@register("a")
class A:
    def go(self):
        pass
registry["a"]().go()
