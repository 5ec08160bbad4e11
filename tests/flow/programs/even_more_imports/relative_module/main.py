from pkg import a
a.go()
