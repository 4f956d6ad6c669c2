"""How TLS is spoken: with forward secrecy and authenticated encryption alone, and with no fallback (T-23)."""

import ssl

from desk.tls.choice import NEW, OLD, TlsFiles
from flow.errors import OperatorError

_AEAD = "ECDHE+AESGCM:ECDHE+CHACHA20"
"""All of TLS 1.2 that a box of 2014 speaks and nobody has broken."""


def listening(files: TlsFiles, *, oldest: str = NEW, asks: bool = False) -> ssl.SSLContext:
    """What a listener speaks. Where it `asks` for certificates it takes those of our own authority, and who shows
    none is known by other means.

    Raises OperatorError for files that are not there, or do not belong together.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2 if oldest == OLD else ssl.TLSVersion.TLSv1_3
    context.set_ciphers(_AEAD)
    context.options |= ssl.OP_NO_COMPRESSION | ssl.OP_NO_RENEGOTIATION
    context.set_alpn_protocols(["http/1.1"])
    if asks and files.ca is not None:
        context.verify_mode = ssl.CERT_OPTIONAL
    load(context, files)
    return context


def load(context: ssl.SSLContext, files: TlsFiles) -> None:
    """Show this certificate from the next handshake on; connections that there are know nothing of it.

    Raises OperatorError, and then what was shown before still is.
    """
    try:
        # Tried where nothing can go wrong: a key that does not belong to it would leave half of each.
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(files.certificate, files.key, _no_password)
        if context.verify_mode is not ssl.CERT_NONE and files.ca is not None:
            context.load_verify_locations(cafile=files.ca)
        context.load_cert_chain(files.certificate, files.key, _no_password)
    except (OSError, ssl.SSLError, ValueError) as error:
        at = files.certificate if files.key is None else f"{files.certificate} with {files.key}"
        why = str(error) if isinstance(error, ssl.SSLError | ValueError) else error.strerror
        problem = f"{at} cannot be used for TLS: {why}"
        remedy = "Give a certificate and its key in PEM; `xacast tls init` makes one"
        raise OperatorError(problem, remedy) from error


def own(files: TlsFiles) -> ssl.SSLContext:
    """How a process of this machine speaks to a listener of its own: it believes the very certificate that the
    listener shows, or our authority's, whatever the address is."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
    try:
        context.load_verify_locations(cafile=files.certificate)
        if files.ca is not None:
            context.load_verify_locations(cafile=files.ca)
    except (OSError, ssl.SSLError) as error:
        problem = f"{files.certificate} cannot be read: {error}"
        raise OperatorError(problem, "Run the command as the user that runs xacast") from error
    return context


def _no_password() -> str:
    """OpenSSL would ask at the terminal."""
    message = "the key is locked with a password"
    raise ValueError(message)
