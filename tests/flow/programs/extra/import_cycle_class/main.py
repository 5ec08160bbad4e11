from a import A
A().go()
