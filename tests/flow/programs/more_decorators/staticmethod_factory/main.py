class A:
    @staticmethod
    def make():
        return A()
    def run(self): pass
A.make().run()
