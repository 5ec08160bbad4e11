"""Rule packs: load, check, choose the version in force, judge a usage, compare, lock and update."""
