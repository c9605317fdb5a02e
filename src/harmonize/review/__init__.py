"""The local web review: postings side by side, decisions, terms; in the browser of this machine.

`decisions` is the log, `desk` puts it on top of the postings, `views` makes of them what pages
show, `app` has the addresses, `guard` keeps strangers out.
"""
