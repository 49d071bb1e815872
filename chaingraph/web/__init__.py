"""The explorer in the browser: HTTP in, a call of the service, a page or JSON out; no logic of its own.

``pages/`` answers with HTML, ``api/`` with the same data as JSON under /api, ``safety/`` decides who may.
"""
