class Registry:
    def __init__(self):
        self.items = {}

    def __call__(self, name):
        def deco(f):
            self.items[name] = f
            return f
        return deco

    def get(self, name):
        return self.items[name]

registry = Registry()

@registry("a")
def first():
    pass

@registry("b")
def second():
    pass

registry.get("b")()
