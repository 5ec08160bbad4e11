import json
def encode(o):
    return str(o)
print(json.dumps({}, default=encode))
