class Feed:
    def take(self):
        return None
for item in iter(Feed().take, None):
    pass
