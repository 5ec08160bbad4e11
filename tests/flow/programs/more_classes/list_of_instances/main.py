class A:
    def run(self):
        pass

class B:
    def run(self):
        pass

things = [A(), B()]
things[0].run()
