import logging
class F(logging.Filter):
    def filter(self, record):
        return check()
def check():
    return True
F().filter(None)
