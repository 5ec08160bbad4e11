from dataclasses import dataclass
@dataclass
class Cmd:
    run: object
def one():
    pass
def handle(c):
    match c:
        case Cmd(run=f):
            f()
handle(Cmd(one))
