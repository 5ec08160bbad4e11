import argparse
def cmd(a): pass
p = argparse.ArgumentParser()
p.set_defaults(func=cmd)
a = p.parse_args()
a.func(a)
