def f(): pass
slots = {}
for slots["a"] in [f]:
    slots["a"]()
