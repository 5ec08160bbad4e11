class Root:
    def run(self):
        pass

class Left(Root):
    pass

class Right(Root):
    def run(self):
        pass

class Leaf(Left, Right):
    pass

Leaf().run()
