"""
The interview: questions in French, a topic a page, in a browser on this machine; the answers become a profile.

`answers` holds what was answered, `reading` understands what was typed, `fields` lays a page out, `outlook` tells what the
answers give so far, `app` is the pages and their protection, `serve` opens them. No script is needed anywhere.
"""
