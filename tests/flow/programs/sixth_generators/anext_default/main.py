import asyncio
def f(): pass
async def gen():
    yield f
async def run():
    fn = await anext(gen())
    fn()
asyncio.run(run())
