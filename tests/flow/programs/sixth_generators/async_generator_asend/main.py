import asyncio
def f(): pass
async def gen():
    got = yield
    got()
async def run():
    g = gen()
    await g.__anext__()
    try:
        await g.asend(f)
    except StopAsyncIteration:
        pass
asyncio.run(run())
