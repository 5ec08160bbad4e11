from html.parser import HTMLParser
class P(HTMLParser):
    def handle_starttag(self, tag, attrs): self.got(tag)
    def got(self, tag): pass
P().feed("<a>")
