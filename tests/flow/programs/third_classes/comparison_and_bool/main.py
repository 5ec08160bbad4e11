class A:
    def __eq__(self, o):
        return left()
    def __bool__(self):
        return True
def left():
    return True
if A() == A():
    pass
if A():
    pass
