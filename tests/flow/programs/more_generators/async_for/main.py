import asyncio
def f(): pass
async def gen():
    yield f
async def go():
    async for fn in gen():
        fn()
asyncio.run(go())
