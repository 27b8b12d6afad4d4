"""Files in, files out: bytes to lines, values to bytes. Never meets the store."""
