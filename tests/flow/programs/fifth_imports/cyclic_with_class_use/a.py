import b
class A:
    def run(self):
        pass
def go():
    b.use()
