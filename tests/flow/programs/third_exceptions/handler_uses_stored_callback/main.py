class Failure(Exception):
    def __init__(self, undo):
        self.undo = undo
def undo_it():
    pass
def work():
    raise Failure(undo_it)
try:
    work()
except Failure as failure:
    failure.undo()
