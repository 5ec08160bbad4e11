class R:
    def close(self): pass
r = R()
try:
    pass
finally:
    r.close()
