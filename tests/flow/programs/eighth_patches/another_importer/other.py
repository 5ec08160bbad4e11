import helpers
helpers.run()
