from c import run
