"""The package formats: a module each, all of them fitting `PackageFormat` and standing in `FORMATS` of `table`.

Nothing is imported here: the readers of manifests stand beside the formats, and need nothing of what writing does.
"""
