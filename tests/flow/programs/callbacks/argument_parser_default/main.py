import argparse

def train():
    pass

def test():
    pass

parser = argparse.ArgumentParser()
commands = parser.add_subparsers()
one = commands.add_parser("train")
one.set_defaults(action=train)
two = commands.add_parser("test")
two.set_defaults(action=test)
args = parser.parse_args()
args.action()
