from operator import attrgetter

class A:
    def run(self):
        pass

attrgetter("run")(A())()
