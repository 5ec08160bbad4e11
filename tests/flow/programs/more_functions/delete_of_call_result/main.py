def table():
    return {"a": 1}

del table()["a"]
