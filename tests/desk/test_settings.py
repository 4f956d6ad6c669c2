"""Settings come from the file, then from the environment."""

from pathlib import Path

import pytest

from desk.listener import Listener
from desk.settings import Settings, load_settings
from flow.errors import OperatorError


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_without_anything_the_addresses_are_the_known_ones() -> None:
    settings = load_settings(env={"HOME": "/home/hoa"})
    assert settings.data == Path("/home/hoa/.local/share/xacast")
    assert [str(one) for one in (settings.viewers, settings.operators, settings.machines)] == [
        "0.0.0.0:8080", "127.0.0.1:8090", "127.0.0.1:8070",
    ]
    assert str(settings.rtmp) == "0.0.0.0:1935"


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    (tmp_path / "xacast.toml").write_text('viewers = "127.0.0.1:1"\nlog = "debug"\ndata = "media"\n')
    settings = load_settings(env={"XACAST_VIEWERS": "127.0.0.1:2"})
    assert settings.viewers == Listener("127.0.0.1", 2)
    assert settings.log == "debug"
    assert settings.data == tmp_path / "media"


@pytest.mark.parametrize("by", ["argument", "environment", "data"])
def test_a_file_is_named_by_option_environment_or_data_directory(tmp_path: Path, by: str) -> None:
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    file = folder / "xacast.toml"
    file.write_text('ffmpeg = "/opt/ffmpeg"\n')
    env = {"XACAST_DATA": str(folder)} if by == "data" else {}
    if by == "environment":
        env["XACAST_CONFIG"] = str(file)
    assert load_settings(str(file) if by == "argument" else None, env).ffmpeg == "/opt/ffmpeg"


@pytest.mark.parametrize(("text", "sentence"), [
    ("viewer = '1'", "unknown key “viewer”. Did you mean “viewers”?"),
    ("viewers = 8080", "must be text"),
    ("viewers = ", "cannot be read"),
    ("viewers = 'nowhere'", "not host:port"),
    ("log = 'loud'", "unknown log level"),
    ("cage = 'of'", "unknown kind of cage “of”. Did you mean “off”?"),
])
def test_a_wrong_file_is_refused_with_the_way_out(tmp_path: Path, text: str, sentence: str) -> None:
    """T-42."""
    (tmp_path / "xacast.toml").write_text(text)
    with pytest.raises(OperatorError) as caught:
        load_settings(env={})
    assert sentence in str(caught.value)


def test_a_file_that_is_named_must_be_there() -> None:
    with pytest.raises(OperatorError, match="no configuration at nowhere"):
        load_settings("nowhere.toml", {})


@pytest.mark.parametrize("name", ["operators", "machines"])
@pytest.mark.parametrize("address", ["0.0.0.0:8070", "10.0.0.1:8070", "[::]:8070"])
def test_listeners_without_credentials_stay_on_the_machine(name: str, address: str) -> None:
    """T-44, T-45."""
    with pytest.raises(OperatorError, match=f"XACAST_{name.upper()}"):
        load_settings(env={f"XACAST_{name.upper()}": address})


def test_a_child_reads_the_settings_of_its_parent(tmp_path: Path) -> None:
    settings = Settings(
        data=tmp_path, viewers=Listener("127.0.0.1", 0), operators=Listener("127.0.0.1", 0), ffmpeg="/x",
        log="error", rtmp=Listener("127.0.0.1", 0), cage="require",
    )
    assert load_settings(env=settings.environment()) == settings


def test_what_may_be_secret_is_in_no_childs_environment(tmp_path: Path) -> None:
    """T-11: whoever needs it is told, and that wins over a file that has changed since."""
    settings = Settings(data=tmp_path, event_address="https://h.example/hook?token=canary-12ab")
    (tmp_path / "xacast.toml").write_text('event_address = "https://h.example/other"\n')
    assert load_settings(env=settings.environment(), secrets=settings.secrets()) == settings
    assert "canary" not in "".join(settings.environment().values())
    assert settings.environment()["XACAST_EVENT_ADDRESS"] == ""  # in place of what the parent's may have


def test_the_databases_address_is_shown_nowhere(tmp_path: Path) -> None:
    """T-11: it may hold a password."""
    assert Settings(data=tmp_path).register == f"sqlite:///{tmp_path}/register.db"
    address = "postgresql://hoa:canary-12ab@10.0.0.5/register"
    settings = load_settings(env={"XACAST_DATABASE_URL": address, "XACAST_DATA": str(tmp_path)})
    assert settings.register == address
    assert "canary" not in "".join(settings.environment().values()) + repr(settings)
    with pytest.raises(OperatorError, match="no address of a database") as told:
        Settings(data=tmp_path, database_url="mysql://hoa:canary-12ab@10.0.0.5/register")
    assert "canary" not in str(told.value)


def test_changed_copies_leave_the_rest(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path)
    assert settings.using("/x").ffmpeg == "/x"
    assert settings.using("/x").data == settings.data
    assert settings.run.parent == settings.database.parent == tmp_path


@pytest.mark.parametrize("name", ["VIEWERS", "OPERATORS"])
def test_two_listeners_on_one_port_are_refused_before_anything_starts(name: str) -> None:
    with pytest.raises(OperatorError, match="cannot both have port 8070"):
        load_settings(env={f"XACAST_{name}": "127.0.0.1:8070"})


def test_the_door_of_publishers_needs_a_port_of_its_own() -> None:
    with pytest.raises(OperatorError, match="the viewers' and the RTMP listener cannot both have port 8080"):
        load_settings(env={"XACAST_RTMP": "10.0.0.1:8080"})


def test_any_number_of_listeners_may_take_a_free_port() -> None:
    anywhere = {f"XACAST_{name}": "127.0.0.1:0" for name in ("VIEWERS", "OPERATORS", "MACHINES")}
    assert load_settings(env=anywhere).viewers.port == 0


def test_advice_names_the_listener_s_own_address() -> None:
    with pytest.raises(OperatorError, match=r"127\.0\.0\.1:8090"):
        load_settings(env={"XACAST_OPERATORS": "what:ever:8090:x"})


def test_a_misspelt_variable_is_refused_with_the_right_one() -> None:
    """T-44: a setting that silently does not hold is worse than one that is refused."""
    with pytest.raises(OperatorError, match=r"unknown variable XACAST_VIEWRES.*XACAST_VIEWERS"):
        load_settings(env={"XACAST_VIEWRES": "127.0.0.1:0"})


def test_a_two_person_rule_that_there_is_not_is_refused_with_the_nearest() -> None:
    assert load_settings(env={"XACAST_TWO_PERSONS": "national"}).two_persons == "national"
    with pytest.raises(OperatorError, match="national"):
        load_settings(env={"XACAST_TWO_PERSONS": "nationl"})
