import json
class Enc(json.JSONEncoder):
    def default(self, o): return self.conv(o)
    def conv(self, o): return 1
json.dumps(1, cls=Enc)
