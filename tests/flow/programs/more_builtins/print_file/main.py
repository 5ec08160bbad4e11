class Out:
    def write(self, s): pass
print("x", file=Out())
