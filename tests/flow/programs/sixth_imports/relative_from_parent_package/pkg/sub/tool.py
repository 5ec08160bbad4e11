from ..util import help_me
def work(): help_me()
