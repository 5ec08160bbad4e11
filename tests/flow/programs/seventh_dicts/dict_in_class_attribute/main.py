def a(): pass
class C:
    table = {"a": a}
    def run(self, k): self.table[k]()
C().run("a")
