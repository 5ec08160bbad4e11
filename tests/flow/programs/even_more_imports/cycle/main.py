import a
a.go()
