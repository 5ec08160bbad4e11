import asyncio
async def stream():
    yield act
async def ok(x): return True
def act(): pass
async def run():
    return [f() async for f in stream() if await ok(f)]
asyncio.run(run())
