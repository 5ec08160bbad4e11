import json
class Enc(json.JSONEncoder):
    def default(self, o):
        return text(o)
def text(o):
    return str(o)
json.dumps(object(), cls=Enc)
