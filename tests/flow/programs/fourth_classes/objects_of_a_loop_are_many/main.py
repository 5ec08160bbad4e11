class First:
    def go(self):
        pass
class Other:
    def go(self):
        pass
class Holder:
    pass
made = []
for kind in (First, Other):
    h = Holder()
    h.client = kind()
    made.append(h)
a = made[0]
a.client = Other()
b = made[1]
b.client.go()
