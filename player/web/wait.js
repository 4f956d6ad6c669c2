// The list of channels, and the page of a channel that is not there yet: both look again by themselves.

const LOOK_EVERY_MS = 4000;

const MARK = "data-shows=";

// A site's code is typed in here; the address that it makes is exchanged for a cookie and gone at once.
const form = document.getElementById("code");
const box = document.getElementById("code-text");
if (form) {
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const code = box.value.replace(/[^0-9a-z]/gi, "");
    if (code) location.assign(`/c/${code}`);
    else box.focus();
  });
}

/** Compared with what this page shows itself, not with a first look: a channel may have come in between. */
async function look() {
  try {
    const page = await (await fetch(location.href, { cache: "no-store" })).text();
    if (page.includes(MARK) && !page.includes(`${MARK}"${document.body.dataset.shows}"`)) {
      if (!box?.value) { // nobody loses what he is typing
        location.reload();
        return;
      }
    }
  } catch {
    // The server is away: what is shown stays, and the next look may find it.
  }
  setTimeout(look, LOOK_EVERY_MS * (1 - Math.random() / 4));
}

setTimeout(look, LOOK_EVERY_MS / 4);
