import sys
class First:
    def go(self):
        pass
class Other:
    def go(self):
        pass
class Holder:
    pass
h = Holder()
h.client = First()
a = h
if sys.argv:
    a.client = Other()
h.client.go()
