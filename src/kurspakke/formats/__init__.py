"""The package formats: a module each, all of them fitting `PackageFormat` and standing in `FORMATS`."""
