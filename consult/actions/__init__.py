"""One verb of the trade each: take a session and a moment, raise domain errors, never commit, know no HTTP."""
