"""Rules over the data directory, the audit, keys and backups."""

from desk.production.facts import Facts
from desk.production.rule import Rule, some, when

KEY_DAYS = 8
"""A signing key is changed each week, by itself."""
BACKUP_DAYS = 7
_NOT_KEPT = {"tmpfs", "ramfs", "overlay", "aufs", "fuse", "9p", "nfs", "nfs4", "cifs", "smb3", "vfat"}
"""File systems that a power cut empties, or that do not keep what sync promises, locks and 0600."""


def _backup(facts: Facts) -> str:
    days = facts.files.backup_days
    if days is None:
        return "no backup was ever made"
    return when(days >= BACKUP_DAYS, f"the last backup is {days} days old")


FILE_RULES = (
    Rule(
        name="data-open", fatal=True, remedy="chmod go-w the data directory, or give it to xacast's user",
        look=lambda f: when(f.files.data_open, "others can write the data directory"),
    ),
    Rule(
        name="keys-readable", fatal=True, remedy="chmod 600 them, and change keys that others may have read",
        look=lambda f: when(f.files.secrets_open, f"others may read {some(f.files.secrets_open)}"),
    ),
    Rule(
        name="settings-readable", fatal=True, remedy="chmod 600 it, and change the secret in it",
        look=lambda f: when(f.files.settings_open, f"others may read secrets in {f.files.settings_open}"),
    ),
    Rule(
        name="settings-writable", fatal=True, remedy="chmod go-w it",
        look=lambda f: when(f.files.settings_writable, f"others can write {f.files.settings_writable}"),
    ),
    Rule(
        name="programs-writable", fatal=True, remedy="Install it as root, where nobody else can write",
        look=lambda f: when(f.files.program_writable, f"others can write {some(f.files.program_writable)}"),
    ),
    Rule(
        name="disk-not-kept", remedy="Put the data directory on ext4 or xfs of a disk of its own",
        look=lambda f: when(
            f.files.file_system in _NOT_KEPT, f"what is synced to {f.files.file_system} may go with the power",
        ),
    ),
    Rule(
        name="audit-broken", remedy="Keep the files, and find out who wrote them",
        look=lambda f: when(f.files.audit_fault, f"the audit: {f.files.audit_fault}"),
    ),
    Rule(
        name="audit-head-gone", remedy="Compare with the head that you noted: `xacast audit verify --head`",
        look=lambda f: when(f.files.audit_head_gone, "audit.head is missing: the end of the audit may be cut off"),
    ),
    Rule(
        name="edge-certificate-ends", remedy="Renew it, and carry it over: `xacast machine renew NAME`",
        look=lambda f: some(f.files.edges_ending),
    ),
    Rule(
        name="signing-key-old", remedy="Bring xacast up: it makes one each week. See its log for what keeps it",
        look=lambda f: when(
            f.files.signing_key_days >= KEY_DAYS, f"the key of tokens is {f.files.signing_key_days} days old",
        ),
    ),
    Rule(
        name="no-backup", remedy="Run `xacast backup FILE --passphrase-file …` each day, and keep FILE elsewhere",
        look=_backup,
    ),
    Rule(
        name="restore-unfinished", fatal=True, remedy="Empty the data directory, and restore again",
        look=lambda f: when(f.files.restore_unfinished, "a restore into the data directory was never finished"),
    ),
)
