"""Letters: what they say (``letters``) and how they leave (``delivery``)."""
