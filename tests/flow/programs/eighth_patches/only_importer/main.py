import helpers
def mine(): pass
helpers.act = mine
helpers.run()
