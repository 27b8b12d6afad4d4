"""Rules and values of the trade: no input or output, no clock, no framework."""
