def one():
    pass

def two():
    pass

def same(f):
    return f

def use_one():
    same(one)()

def use_two():
    same(two)()

use_one()
use_two()
