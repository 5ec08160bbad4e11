import pkg.__main__
pkg.__main__.go()
