// The list of channels, and the page of a channel that is not there yet: both look again by themselves.

const LOOK_EVERY_MS = 4000;

const MARK = "data-shows=";

/** Compared with what this page shows itself, not with a first look: a channel may have come in between. */
async function look() {
  try {
    const page = await (await fetch(location.href, { cache: "no-store" })).text();
    if (page.includes(MARK) && !page.includes(`${MARK}"${document.body.dataset.shows}"`)) {
      location.reload();
      return;
    }
  } catch {
    // The server is away: what is shown stays, and the next look may find it.
  }
  setTimeout(look, LOOK_EVERY_MS * (1 - Math.random() / 4));
}

setTimeout(look, LOOK_EVERY_MS / 4);
