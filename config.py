"""The settings of this installation: what ``wsgi.py`` and the ``consult`` command run with.

A deployer sets ``CONSULT_*`` environment variables (``consult/settings.py`` tells what each one does) or names values
here. Wrong ones are told together, and nothing starts.
"""

import os
import sys

from consult.settings import SettingsError, from_environment

try:
    settings = from_environment(os.environ)
except SettingsError as faults:
    sys.exit(f"Consult does not start; mend these settings:\n{faults}")
