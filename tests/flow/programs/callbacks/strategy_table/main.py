class Fast:
    def run(self):
        pass

class Slow:
    def run(self):
        pass

STRATEGIES = {"fast": Fast, "slow": Slow}

def run(name):
    STRATEGIES[name]().run()

run("slow")
