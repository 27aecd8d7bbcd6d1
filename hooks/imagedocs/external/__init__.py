"""Links to other people's sites: asked on demand, remembered in a file, judged from it.

`asking` asks and needs aiohttp (`imagedocs[live]`); the others know no network: `answers` is the file,
`allowances` the exceptions, `judging` makes problems of both.
"""
