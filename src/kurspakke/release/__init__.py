"""A release: packages that are built already, with everything an administrator needs to take them into use."""
