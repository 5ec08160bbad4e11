from . import util
def api():
    util.help()
