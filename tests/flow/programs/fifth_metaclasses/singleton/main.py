class Single(type):
    _made = {}
    def __call__(cls, *a):
        if cls not in cls._made:
            cls._made[cls] = super().__call__(*a)
        return cls._made[cls]
class A(metaclass=Single):
    def __init__(self):
        self.boot()
    def boot(self):
        pass
    def go(self):
        pass
A().go()
