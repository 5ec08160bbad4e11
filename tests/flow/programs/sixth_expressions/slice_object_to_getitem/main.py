class Steps:
    def __getitem__(self, key):
        return [first, second][key]
def first(): pass
def second(): pass
for step in Steps()[0:2]:
    step()
