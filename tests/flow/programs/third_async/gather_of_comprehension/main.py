import asyncio
async def fetch(x):
    return clean(x)
def clean(x):
    return x
async def main():
    await asyncio.gather(*[fetch(i) for i in range(3)])
asyncio.run(main())
