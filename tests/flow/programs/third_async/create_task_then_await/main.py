import asyncio
class W:
    def go(self):
        pass
async def make():
    return W()
async def main():
    t = asyncio.create_task(make())
    w = await t
    w.go()
asyncio.run(main())
