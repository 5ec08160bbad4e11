import operator
class A:
    def __init__(self):
        self.b = B()
class B:
    def go(self):
        pass
operator.attrgetter("b.go")(A())()
