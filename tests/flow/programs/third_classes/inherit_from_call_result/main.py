def base():
    class Inner:
        def go(self):
            pass
    return Inner
class A(base()):
    pass
A().go()
