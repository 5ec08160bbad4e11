class A:
    def hook(self):
        pass
class B(A):
    def __init__(self):
        super().__init__()
        self.hook()
    def hook(self):
        super().hook()
B()
