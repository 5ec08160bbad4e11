from three import h
h()
