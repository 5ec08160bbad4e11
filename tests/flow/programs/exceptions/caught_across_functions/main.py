class Broken(Exception):
    def explain(self):
        pass

def fail():
    raise Broken()

try:
    fail()
except Exception as error:
    error.explain()
