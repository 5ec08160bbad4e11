import pkg
pkg.run()
