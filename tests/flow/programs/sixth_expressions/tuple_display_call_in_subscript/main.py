def one(): pass
def two(): pass
def pick(): return 1
(one, two)[pick()]()
