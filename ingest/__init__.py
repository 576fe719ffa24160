"""A file becomes text and tables, then passages with their place in the source."""
