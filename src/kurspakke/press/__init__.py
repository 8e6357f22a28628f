"""The press: the packages of many editions, of which most are the same but for a name.

What is made is kept by what it was made of: documents ready to be linked into zips, what came of a zip, what has been
proven. All of it is disposable, and looked at before it is used.
"""
