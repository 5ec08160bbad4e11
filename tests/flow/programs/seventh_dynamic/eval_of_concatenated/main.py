def act_one(): pass
eval("act_" + "one")()
