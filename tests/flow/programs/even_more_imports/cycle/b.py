import a
def back(): a.end()
