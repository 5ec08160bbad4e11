class A:
    def run(self):
        pass
def go(f):
    f()
go(A().run)
