"""`xacast programme document`: what is handed out with a programme."""

import json
import unicodedata
from pathlib import Path

import click

from desk.commands.switching import said, why_option
from desk.documents.document_client import DocumentClient
from desk.settings import load_settings

_JSON = click.option("--json", "as_json", is_flag=True, help="Plain values.")
_ID = click.argument("id_", metavar="ID")


@click.group(short_help="What is handed out with a programme.")
def document() -> None:
    """Files for a programme's audience: on its page, from the rehearsal to five minutes after the end.

    \b
    Examples:
      xacast programme document add p12 "Báo cáo.pdf"
      xacast programme document list p12
      xacast programme document remove p12 3
    """


@document.command("add", short_help="Hand a file out.")
@_ID
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--title", metavar="TEXT", default="", help="The file's name unless said.")
@click.option("--title-en", metavar="TEXT", default="", help="The title in English.")
@why_option
@_JSON
@click.pass_obj
def add(config: str | None, id_: str, file: Path, title: str, title_en: str, why: str, as_json: bool) -> None:
    """Hand FILE out with programme ID: a PDF, DOCX, PPTX, XLSX, PNG or JPEG of at most 50 MiB.

    \b
    Example:
      xacast programme document add p12 bao-cao.pdf --title "Báo cáo tháng 11" --title-en "Report of November"
    """
    words = {"title": unicodedata.normalize("NFC", title or file.stem), "title_en": title_en, **said(why)}
    one = DocumentClient(load_settings(config)).add_document(id_, file, words)
    text = f"document {one['number']} of {id_}: “{one['title']}”, {one['kind']}"
    click.echo(json.dumps(one, ensure_ascii=False) if as_json else text)


@document.command("list", short_help="Show what is handed out.")
@_ID
@_JSON
@click.pass_obj
def list_(config: str | None, id_: str, as_json: bool) -> None:
    """Show what is handed out with programme ID.

    \b
    Example:
      xacast programme document list p12
    """
    found = DocumentClient(load_settings(config)).documents(id_)
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False))
        return
    for one in found["documents"]:
        click.echo(f"{one['number']:>5}  {one['kind']:<4}  {one['size'] / 1e6:7.2f} MB  {one['title']}")
    if not found["documents"]:
        click.echo("nothing is handed out")


@document.command("remove", short_help="Hand a file out no more.")
@_ID
@click.argument("number", type=int)
@why_option
@_JSON
@click.pass_obj
def remove(config: str | None, id_: str, number: int, why: str, as_json: bool) -> None:
    """Hand document NUMBER of programme ID out no more.

    \b
    Example:
      xacast programme document remove p12 3
    """
    one = DocumentClient(load_settings(config)).remove_document(id_, number, said(why))
    text = f"document {number} of {id_} is handed out no more: “{one['title']}”"
    click.echo(json.dumps(one, ensure_ascii=False) if as_json else text)
