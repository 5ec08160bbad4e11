class Other:
    def go(self):
        pass
class First:
    def go(self):
        pass
class Holder:
    pass
h = Holder()
h.client = First()
a = h
a.client = Other()
h.client.go()
