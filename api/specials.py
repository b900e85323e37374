"""The special root fields, in the order in which the schema declares them."""

from api.comparison import COMPARE
from api.coverage import COVERAGE
from api.paths import PATH
from api.responsibilities import RESPONSIBILITIES
from api.search import SEARCH
from api.special import Special
from api.status import LIMITS, LOAD_STATUS, STATS

SPECIALS: tuple[Special, ...] = (SEARCH, COMPARE, COVERAGE, PATH, RESPONSIBILITIES, STATS, LOAD_STATUS, LIMITS)
