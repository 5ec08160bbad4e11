from ..util import helper
from ..util import other
def go():
    helper(); other()
