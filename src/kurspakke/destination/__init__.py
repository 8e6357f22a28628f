"""Where a release goes when it leaves the machine: any store that fsspec can write to, named by a URL.

    what is to be there (`release`) → what is there (`standing`) → the difference, pointer last (`publishing`)

Nothing of it is imported for a build into a folder.
"""
