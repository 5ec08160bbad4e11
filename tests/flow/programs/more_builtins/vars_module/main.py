def f(): pass
vars()["f"]()
