import asyncio
class Feed:
    def __aiter__(self):
        return self
    async def __anext__(self):
        return make()
def make():
    return 1
async def main():
    async for x in Feed():
        print(x)
asyncio.run(main())
