"""Measurements of the hot paths, each against its floor in the same run; they know the house and change nothing."""
