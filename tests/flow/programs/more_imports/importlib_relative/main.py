import pkg.loader
pkg.loader.load()
