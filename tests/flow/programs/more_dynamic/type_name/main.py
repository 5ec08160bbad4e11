class A:
    def run(self): pass
    def go(self):
        type(self).run(self)
A().go()
