"""Every read with a name, a file a page; statements are built once, at import, and rows come back as frozen values."""
