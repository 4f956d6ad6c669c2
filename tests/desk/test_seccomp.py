"""The filter, run step by step as the kernel would."""

import struct

import pytest

from desk.seccomp import AARCH64, X86_64, seccomp_program

ALLOW, KILL, EPERM, ENOSYS = 0x7FFF0000, 0x80000000, 0x00050001, 0x00050026
TONGUE = {X86_64: 0xC000003E, AARCH64: 0xC00000B7}
PTHREAD, FORK, VFORK = 0x3D0F00, 0x1200011, 0x4111


def verdict(
    machine: str, number: int, *arguments: int, network: bool = False, architecture: int | None = None,
    streams: bool = True, datagrams: bool = True,
) -> int:
    """What the filter says to one call: classic BPF, no more of it than is used."""
    program = seccomp_program(machine, network=network, streams=streams, datagrams=datagrams)
    assert program is not None
    tongue = TONGUE[machine] if architecture is None else architecture
    data = struct.pack("<IIQ6Q", number, tongue, 0, *(*arguments, 0, 0, 0, 0, 0, 0)[:6])
    steps = list(struct.iter_unpack("<HBBI", program))
    at = held = 0
    while True:
        code, yes, no, operand = steps[at]
        at += 1
        if code == 0x06:
            return int(operand)
        if code == 0x20:
            held = struct.unpack_from("<I", data, operand)[0]
        elif code == 0x54:
            held &= operand
        else:
            holds = {0x15: held == operand, 0x35: held >= operand, 0x45: bool(held & operand)}[code]
            at += yes if holds else no


@pytest.mark.parametrize(("machine", "number"), [
    (X86_64, 101), (X86_64, 165), (X86_64, 321), (X86_64, 57), (X86_64, 62), (X86_64, 425),
    (AARCH64, 117), (AARCH64, 40), (AARCH64, 280), (AARCH64, 129), (AARCH64, 425),
])
def test_calls_that_no_decoder_needs_are_refused(machine: str, number: int) -> None:
    """T-08: ptrace, mount, bpf, fork, kill, io_uring_setup."""
    assert verdict(machine, number) == EPERM


@pytest.mark.parametrize(("machine", "number"), [(X86_64, 0), (X86_64, 59), (X86_64, 317), (AARCH64, 63)])
def test_others_go_through(machine: str, number: int) -> None:
    assert verdict(machine, number) == ALLOW


@pytest.mark.parametrize(("machine", "number"), [(X86_64, 41), (AARCH64, 198)])
def test_sockets_are_for_who_may_have_a_network(machine: str, number: int) -> None:
    tcp, udp = (2, 0o2000001), (10, 0o4002)  # with flags, as libraries give them
    assert verdict(machine, number, *tcp) == verdict(machine, number, *udp) == EPERM
    assert verdict(machine, number, *tcp, network=True) == verdict(machine, number, *udp, network=True) == ALLOW
    for family, kind in ((1, 1), (16, 3), (17, 3), (2, 3), (10, 3), (40, 1)):  # Unix, netlink, packet, raw, vsock
        assert verdict(machine, number, family, kind, network=True) == EPERM


@pytest.mark.parametrize(("machine", "number"), [(X86_64, 41), (AARCH64, 198)])
def test_a_protocol_s_own_sockets_are_all_there_are(machine: str, number: int) -> None:
    """T-01, T-04."""
    for family in (2, 10):
        assert verdict(machine, number, family, 1, network=True, streams=False) == EPERM
        assert verdict(machine, number, family, 2, network=True, streams=False) == ALLOW
        assert verdict(machine, number, family, 1, network=True, datagrams=False) == ALLOW
        assert verdict(machine, number, family, 2, network=True, datagrams=False) == EPERM
        assert verdict(machine, number, family, 2, network=True, datagrams=False, streams=False) == EPERM


@pytest.mark.parametrize(("machine", "clone"), [(X86_64, 56), (AARCH64, 220)])
def test_threads_are_started_and_processes_are_not(machine: str, clone: int) -> None:
    assert verdict(machine, clone, PTHREAD) == ALLOW
    assert verdict(machine, clone, FORK) == EPERM
    assert verdict(machine, clone, VFORK) == EPERM
    assert verdict(machine, clone, PTHREAD | 0x10000000) == EPERM  # a thread with users of its own
    assert verdict(machine, 435) == ENOSYS


@pytest.mark.parametrize(("machine", "ioctl"), [(X86_64, 16), (AARCH64, 29)])
def test_nothing_is_typed_into_a_terminal(machine: str, ioctl: int) -> None:
    assert verdict(machine, ioctl, 0, 0x5412) == EPERM
    assert verdict(machine, ioctl, 0, 0x541C) == EPERM
    assert verdict(machine, ioctl, 0, 0x5413) == ALLOW


def test_another_machine_s_numbers_are_no_way_round() -> None:
    assert verdict(X86_64, 26, architecture=0x40000003) == KILL  # ptrace of i386
    assert verdict(X86_64, 0x40000000 | 521) == ENOSYS  # ptrace of x32


def test_an_unknown_machine_has_no_filter() -> None:
    assert seccomp_program("riscv64", network=False) is None
