def act(): pass
class A:
    def act(self): pass
    def run(self):
        act()
A().run()
