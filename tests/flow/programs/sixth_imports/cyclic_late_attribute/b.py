import a
def fb(): a.last()
