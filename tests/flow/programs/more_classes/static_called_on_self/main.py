class A:
    @staticmethod
    def clean(x):
        return x

    def run(self):
        self.clean(1)
        A.clean(2)

A().run()
