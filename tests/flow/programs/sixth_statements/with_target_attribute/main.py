class Box: pass
class Ctx:
    def __enter__(self): return act
    def __exit__(self, *e): return None
def act(): pass
box = Box()
with Ctx() as box.action:
    box.action()
