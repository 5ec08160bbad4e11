from collections import ChainMap
def f(): pass
ChainMap({"a": f}, {})["a"]()
