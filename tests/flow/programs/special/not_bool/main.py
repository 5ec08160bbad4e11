class A:
    def __bool__(self):
        return True

not A()
