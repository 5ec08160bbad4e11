import re

def change(match):
    return ""

re.sub("a", change, "text")
