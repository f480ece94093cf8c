"""Who may ask, how often, and by which name; and the headers of every answer. Each is a small ASGI application around another.

headers    headers of every answer, errors among them
guards     methods, hosts, tokens, the host's own hook, lengths, rates
failures   what a handler raises → a problem, and a line in the log
log        a line for each request, without texts of queries
"""
