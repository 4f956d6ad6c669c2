"""All rules, in the order in which their findings are shown."""

from desk.production.channel_rules import CHANNEL_RULES
from desk.production.file_rules import FILE_RULES
from desk.production.machine_rules import MACHINE_RULES
from desk.production.setting_rules import SETTING_RULES

RULES = (*SETTING_RULES, *FILE_RULES, *CHANNEL_RULES, *MACHINE_RULES)
