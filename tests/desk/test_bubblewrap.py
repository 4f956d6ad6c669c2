"""bubblewrap's argument list."""

from desk.bubblewrap import Tools, View, Way, bubblewrap_argv, limits
from flow.cage import Cage

TOOLS = Tools(bwrap="/usr/bin/bwrap", setpriv="/usr/bin/setpriv", prlimit="/usr/bin/prlimit")
VIEW = View(
    links=(("/usr", ""), ("/lib", "usr/lib")), wanted=("/etc/ld.so.cache",),
    needed=("/tmp/a/feed.ts", "/opt/ffmpeg/bin/ffmpeg", "/usr/local/share/film.ts"),
)


def argv(
    cage: Cage | None = None, *, own_users: bool = True, sealed: bool = False, bare: bool = False,
    uid: int | None = None,
) -> str:
    way = Way(own_users=own_users, sealed=sealed, bare=bare)
    return " ".join(bubblewrap_argv(TOOLS, way, cage or Cage(), VIEW, uid=uid, tasks=70, seccomp_fd=9))


def test_nothing_is_shared() -> None:
    """T-08."""
    words = argv()
    for kind in ("user", "ipc", "pid", "uts", "net"):
        assert f"--unshare-{kind}" in words
    assert "--die-with-parent --new-session --cap-drop ALL" in words
    assert "--disable-userns" not in words
    assert "--disable-userns" in argv(sealed=True)
    assert "--bind " not in words.replace("--ro-bind ", "")


def test_in_a_service_that_may_not_mount_or_name_there_is_no_proc_and_no_name() -> None:
    """T-08: and everything else is as apart as ever."""
    words = argv(bare=True)
    for kind in ("user", "ipc", "pid", "net"):
        assert f"--unshare-{kind}" in words
    for none in ("--proc", "--hostname", "--unshare-uts", "--unshare-cgroup"):
        assert none in argv()
        assert none not in words


def test_a_network_is_shared_when_the_cage_says_so() -> None:
    assert "--unshare-net" not in argv(Cage(network=True))


def test_only_what_is_named_is_seen_and_nothing_of_it_is_written() -> None:
    words = argv()
    assert "--ro-bind /usr /usr --symlink usr/lib /lib" in words
    assert "--ro-bind-try /etc/ld.so.cache /etc/ld.so.cache" in words
    assert words.index("--tmpfs /tmp") < words.index("--ro-bind /tmp/a/feed.ts /tmp/a/feed.ts")
    assert words.index("--ro-bind /opt/ffmpeg/bin/ffmpeg") < words.index("--remount-ro / ")
    assert "--size 16777216 --tmpfs /tmp" in words


def test_the_way_to_a_file_is_open_to_whoever_the_program_becomes() -> None:
    words = argv()
    for folder in ("/tmp/a", "/opt", "/opt/ffmpeg", "/opt/ffmpeg/bin", "/etc"):
        assert f"--perms 0755 --dir {folder} " in words
    for folder in ("/tmp ", "/ ", "/usr"):
        assert f"--dir {folder}" not in words


def test_root_becomes_somebody_else_inside() -> None:
    words = argv(own_users=False, uid=1234)
    assert "--unshare-user" not in words
    assert "--reuid=1234 --regid=1234 --clear-groups --bounding-set=-all --inh-caps=-all --no-new-privs" in words
    assert "--cap-add CAP_SETUID" in words
    assert "--cap-add" not in argv()


def test_limits_are_set_last() -> None:
    assert limits("prlimit", Cage(memory=1, files=2, written=3), 4) == [
        "prlimit", "--as=1", "--nofile=2", "--fsize=3", "--nproc=4", "--core=0", "--",
    ]
    assert argv().endswith("--nproc=70 --core=0 --")
