import argparse
def one(a): pass
def two(a): pass
p = argparse.ArgumentParser()
s = p.add_subparsers()
x = s.add_parser("one")
x.set_defaults(func=one)
y = s.add_parser("two")
y.set_defaults(func=two)
a = p.parse_args()
a.func(a)
