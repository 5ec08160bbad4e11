import pkg
pkg.api.run()
