def tag(name):
    def deco(cls):
        return cls
    return deco
@tag("x")
class A:
    def go(self):
        pass
A().go()
