class A:
    def go(self):
        pass
globals()["A"]().go()
