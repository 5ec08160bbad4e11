import pkg

pkg.run()
