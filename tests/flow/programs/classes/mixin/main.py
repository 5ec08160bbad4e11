class Mixin:
    def shout(self):
        self.say()

class A(Mixin):
    def say(self):
        pass

A().shout()
