import plugins
plugins.REG["a"]()
