from a import A

class B:
    def __init__(self, owner):
        self.owner = owner

    def back(self):
        self.owner.done()
