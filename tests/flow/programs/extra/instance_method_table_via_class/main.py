class A:
    def first(self):
        pass

    def second(self):
        pass

    TABLE = {"f": first, "s": second}

    def run(self, name):
        self.TABLE[name](self)

A().run("s")
