import asyncio
async def gen():
    yield f
def f(): pass
async def go():
    fn = await anext(aiter(gen()))
    fn()
asyncio.run(go())
