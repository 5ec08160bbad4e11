import string
class F(string.Formatter):
    def get_value(self, k, a, kw): return pick()
def pick(): return "x"
F().format("{a}")
