"""The settings of this installation: what ``wsgi.py`` and the ``consult`` command run with.

A deployer sets ``CONSULT_*`` environment variables (see ``consult/settings.py`` for each one) or names values here. In
development the secret key is made once and kept in the instance folder.
"""

import os

from consult.secret import with_development_secret
from consult.settings import from_environment

settings = with_development_secret(from_environment(os.environ))
