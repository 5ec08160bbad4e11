class Box:
    pass
def one():
    pass
box = Box()
for box.f in [one]:
    box.f()
