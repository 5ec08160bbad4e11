class A:
    def __bool__(self):
        return True

if A():
    pass
