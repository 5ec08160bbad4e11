class A:
    @property
    def client(self):
        return B()
class B:
    def go(self):
        pass
A().client.go()
