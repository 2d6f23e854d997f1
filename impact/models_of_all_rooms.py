"""Imports every room's models, so that strings in foreign keys resolve and migrations see every table."""

from impact.accounts import models as accounts  # noqa: F401
from impact.audit import models as audit  # noqa: F401
from impact.champions import models as champions  # noqa: F401
from impact.commitments import models as commitments  # noqa: F401
from impact.commitments import working_copies  # noqa: F401
from impact.economies import models as economies  # noqa: F401
from impact.indicators import models as indicators  # noqa: F401
from impact.jobs import models as jobs  # noqa: F401
from impact.mail import models as mail  # noqa: F401
from impact.pledges import models as pledges  # noqa: F401
from impact.progress import models as progress  # noqa: F401
from impact.reviews import models as reviews  # noqa: F401
from impact.seals import models as seals  # noqa: F401
from reports import models as reports  # noqa: F401
