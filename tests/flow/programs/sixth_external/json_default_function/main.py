import json
class A: pass
def enc(x): return conv(x)
def conv(x): return {}
json.dumps(A(), default=enc)
