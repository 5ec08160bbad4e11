import asyncio
async def job(f): f()
def a(): pass
async def run():
    await asyncio.gather(*(job(x) for x in [a]))
asyncio.run(run())
