class A:
    _all = {}
    def __new__(cls, key):
        if key not in cls._all:
            cls._all[key] = super().__new__(cls)
        return cls._all[key]
    def __init__(self, key): self.key = key
    def run(self): pass
A("x").run()
