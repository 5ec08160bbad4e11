class A:
    @classmethod
    def make(cls):
        return cls()

    def run(self):
        pass

A.make().run()
