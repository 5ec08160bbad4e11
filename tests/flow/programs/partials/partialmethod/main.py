from functools import partialmethod

class A:
    def run(self, action):
        action()

    go = partialmethod(run, print)

A().go()
