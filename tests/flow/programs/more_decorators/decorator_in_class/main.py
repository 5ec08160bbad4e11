class A:
    def deco(fn):
        def inner(self):
            return fn(self)
        return inner
    @deco
    def run(self): pass
A().run()
