import argparse
def parse_size(s):
    return int(s)
p = argparse.ArgumentParser()
p.add_argument("--n", type=parse_size)
p.parse_args()
