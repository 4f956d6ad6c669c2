"""Rules over what is set: listeners, the database, certificates, who is told (T-44, T-45)."""

from desk.production.facts import Facts
from desk.production.rule import Rule, some, when
from desk.settings import OFF

DAYS_LEFT = 14


def _certificates(facts: Facts, field: str) -> str:
    return some(f"{one.listener}: {said}" for one in facts.settings.certificates if (said := getattr(one, field)))


def _ending(facts: Facts) -> str:
    ending = [one for one in facts.settings.certificates if one.days_left < DAYS_LEFT]
    return some(f"the certificate of the {one.listener}' listener ends in {one.days_left} days" for one in ending)


SETTING_RULES = (
    Rule(
        name="debug-log", fatal=True, remedy='Set log = "info"',
        look=lambda f: when(f.settings.log == "debug", "log = debug writes more than is meant for a log"),
    ),
    Rule(
        name="viewers-in-clear", fatal=True,
        remedy="Give the viewers' listener a certificate, or put what ends TLS before it and name it as trusted",
        look=lambda f: when(
            f.settings.viewers_in_clear, "the viewers' listener speaks plain http: links can be stolen",
        ),
    ),
    Rule(
        name="operators-in-clear", fatal=True, remedy='Set operators = "127.0.0.1:8090", or give it a certificate',
        look=lambda f: when(
            f.settings.operators_in_clear, "the operators' listener is reached from elsewhere without TLS",
        ),
    ),
    Rule(
        name="machines-in-clear", fatal=True, remedy='Set machines = "127.0.0.1:8070", or give it a certificate',
        look=lambda f: when(
            f.settings.machines_in_clear, "the machines' listener is reached from elsewhere without TLS",
        ),
    ),
    Rule(
        name="cage-off", fatal=True, remedy='Set cage = "require"',
        look=lambda f: when(f.settings.cage == OFF, "decoders work on strangers' bytes without a cage"),
    ),
    Rule(
        name="wide-feed-hosts", fatal=True, remedy="Name the hosts and networks that feeds do lead to",
        look=lambda f: when(
            f.settings.wide_feed_hosts, f"feed_hosts lets feeds lead to {some(f.settings.wide_feed_hosts)}",
        ),
    ),
    Rule(
        name="database-weak-password", fatal=True,
        remedy="Give that role a password of 16 letters or more: `openssl rand -base64 24` makes one",
        look=lambda f: when(
            f.settings.database.weak_password, "the password of the database is missing, short or easily guessed",
        ),
    ),
    Rule(
        name="database-in-clear", fatal=True, remedy="Add ?sslmode=verify-full to database_url",
        look=lambda f: when(
            f.settings.database.host and f.settings.database.sslmode not in {"verify-full", "verify-ca"},
            f"the way to the database on {f.settings.database.host} is not held by a certificate",
        ),
    ),
    Rule(
        name="nobody-is-told", remedy="Set on_event or event_address: alarms that nobody hears help nobody",
        look=lambda f: when(not f.settings.told, "neither on_event nor event_address is set"),
    ),
    Rule(
        name="address-as-asked",
        remedy='Set public_address = "https://hop.example.vn": the name by which sites reach this machine',
        look=lambda f: when(
            f.settings.address_as_asked,
            "lists for set-top boxes, links and cards have no name of this machine: lists go by what a box says",
        ),
    ),
    Rule(
        name="event-address-in-clear", fatal=True, remedy="Write event_address with https://",
        look=lambda f: when(
            f.settings.event_address_in_clear, "events, and the secret in event_address, go by plain http",
        ),
    ),
    Rule(
        name="event-program-open", fatal=True, remedy="chmod go-w it, and its folder",
        look=lambda f: when(
            f.settings.event_program_open, f"others can write {f.settings.event_program_open}, run by on_event",
        ),
    ),
    Rule(name="certificate-ends", remedy="Renew it", look=_ending),
    Rule(
        name="certificate-weak", remedy="Make a new one: RSA of 2,048 bits or P-256, signed with SHA-256",
        look=lambda f: _certificates(f, "weak"),
    ),
    Rule(
        name="certificate-name", remedy="Have one made for the name that viewers and machines use",
        look=lambda f: _certificates(f, "names_wrong"),
    ),
)
