// The list of channels, and the page of a channel that is not there yet: both look again by themselves.

const LOOK_EVERY_MS = 4000;

async function look(before) {
  let now = before;
  try {
    const answer = await fetch(location.href, { cache: "no-store" });
    if (answer.ok || answer.status === 404) now = `${answer.status} ${await answer.text()}`;
  } catch {
    // The server is away: what is shown stays, and the next look may find it.
  }
  if (before !== null && now !== null && now !== before) location.reload();
  else setTimeout(look, LOOK_EVERY_MS * (1 - Math.random() / 4), now);
}

look(null);
