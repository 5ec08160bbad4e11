import asyncio
def f(): pass
async def go():
    asyncio.get_running_loop().call_soon(f)
asyncio.run(go())
