"""The commands by what they are about; ``consult.cli`` brings them together."""
