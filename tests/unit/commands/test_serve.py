"""`nakhon serve` says what is wrong and starts nothing by halves."""

import os
import shutil
import socket
import subprocess
import sys

import pytest

from nakhon_dash.commands._language import terminal_language
from nakhon_dash.domain.profile import ROOT


def _serve(tmp_path, *words, **env):
    return subprocess.run(
        [sys.executable, "-m", "nakhon_dash.cli", "serve", *words],
        cwd=ROOT,
        env=os.environ
        | {"NAKHON_DATABASE_URL": f"sqlite:///{tmp_path / 'city.db'}", "NAKHON_CACHE": str(tmp_path / "cache")}
        | {"LC_ALL": "C.UTF-8"}
        | env,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


@pytest.fixture
def taken_port():
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        door.listen()
        yield str(door.getsockname()[1])


def test_a_wrong_profile_is_named_and_no_store_is_made(tmp_path):
    profile = tmp_path / "city.toml"
    profile.write_text('[city]\ncode = "X"\ncolour = "red"\n', "utf-8")
    ended = _serve(tmp_path, "--port", "18599", NAKHON_PROFILE=str(profile))
    assert ended.returncode == 1
    assert "colour" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert not (tmp_path / "city.db").exists()


def test_a_city_without_its_map_is_not_served(tmp_path):
    profile = tmp_path / "city.toml"
    shutil.copy(ROOT / "data" / "city.toml", profile)
    ended = _serve(tmp_path, "--port", "18597", NAKHON_PROFILE=str(profile))
    assert ended.returncode == 1
    assert "municipality.geojson" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert not (tmp_path / "city.db").exists()


def test_a_port_in_use_is_said_before_a_store_is_made(tmp_path, taken_port):
    ended = _serve(tmp_path, "--port", taken_port)
    assert ended.returncode == 1
    assert taken_port in ended.stderr
    assert "--port" in ended.stderr
    assert not (tmp_path / "city.db").exists()


def test_a_thai_terminal_is_answered_in_thai(tmp_path, taken_port):
    ended = _serve(tmp_path, "--port", taken_port, LC_ALL="th_TH.UTF-8")
    assert "พอร์ต" in ended.stderr


def test_a_store_that_cannot_be_reached_is_said_in_a_sentence(tmp_path):
    ended = _serve(tmp_path, "--port", "18598", NAKHON_DATABASE_URL="mysql://nowhere/none")
    assert ended.returncode == 1
    assert "Traceback" not in ended.stderr


def test_a_port_that_does_not_exist_is_wrong_usage(tmp_path):
    assert _serve(tmp_path, "--port", "99999").returncode == 2


@pytest.mark.parametrize(
    ("env", "lang"),
    [({"LANG": "th_TH.UTF-8"}, "th"), ({"LANG": "th_TH.UTF-8", "LC_ALL": "C"}, "en"), ({}, "en")],
)
def test_the_first_locale_that_is_set_decides(monkeypatch, env, lang):
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    assert terminal_language() == lang
