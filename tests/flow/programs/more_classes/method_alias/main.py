class A:
    def run(self):
        pass

    go = run

A().go()
