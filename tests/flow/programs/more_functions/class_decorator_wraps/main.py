def add_method(cls):
    def extra(self):
        pass
    cls.extra = extra
    return cls

@add_method
class A:
    pass

A().extra()
