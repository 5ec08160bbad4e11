class E(Exception):
    def __init__(self, m): self.m = m
def low(): raise E("x")
def high(): low()
def report(): pass
try:
    high()
except E:
    report()
