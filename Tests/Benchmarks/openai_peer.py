"""Reads every page of every list with the official client, so many lists at a time: live.py runs it.

Usage: openai_peer.py ADDRESS files|messages LISTS IN_FLIGHT. Prints what it read, and the CPU seconds from the first
request to the last; starting Python and importing the client are not in them.
"""

import asyncio
import json
import resource
import sys
import warnings

import openai

ADDRESS, SHAPE = sys.argv[1:3]
LISTS, IN_FLIGHT = int(sys.argv[3]), int(sys.argv[4])


def cpu():
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def first_page(client, number):
    if SHAPE == "files":
        return client.vector_stores.files.list(vector_store_id=f"vs_Ab3d{number:010}", limit=100)
    return client.beta.threads.messages.list(thread_id=f"thread_Ab3d{number:010}", limit=100)


async def read(client, number, gate):
    pages = elements = 0
    async with gate:
        page = await first_page(client, number)
        async for each in page.iter_pages():
            pages += 1
            elements += len(each.data)
    return pages, elements


async def main():
    # The end of the Assistants API is deprecated in the client; its models are what they are.
    warnings.simplefilter("ignore")
    client = openai.AsyncOpenAI(api_key="sk-bench", base_url=ADDRESS)
    gate = asyncio.Semaphore(IN_FLIGHT)
    start = cpu()
    counts = await asyncio.gather(*(read(client, number, gate) for number in range(LISTS)))
    print(json.dumps({"pages": sum(count[0] for count in counts), "elements": sum(count[1] for count in counts),
                      "cpu": cpu() - start, "version": openai.__version__}))


asyncio.run(main())
