from tools import each
from acts import act
each(act)
