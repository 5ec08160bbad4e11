class A:
    @staticmethod
    def helper():
        pass
    def go(self):
        self.helper()
        A.helper()
        type(self).helper()
A().go()
