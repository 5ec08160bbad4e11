class Base:
    @classmethod
    def build(cls):
        return cls()
    def go(self):
        pass
