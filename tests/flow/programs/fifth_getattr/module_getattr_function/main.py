import lazy
lazy.thing()
