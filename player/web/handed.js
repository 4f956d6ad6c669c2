// What is handed out with the meeting: a page that is open shows what came since, within a minute.
import { language } from "./words.js";

const LOOK_EVERY_MS = 50000;

/** Looks now and then, not all pages at once; what is shown is touched only when it is another. */
export function lookForDocuments(box) {
  setTimeout(async () => {
    await look(box);
    lookForDocuments(box);
  }, LOOK_EVERY_MS * (1 - Math.random() / 4));
}

async function look(box) {
  try {
    const answer = await fetch(`${location.pathname}?handed&lang=${language()}`, { cache: "no-store" });
    if (!answer.ok) return;
    const found = new DOMParser().parseFromString(await answer.text(), "text/html").body; // runs nothing
    if (found.innerHTML.trim() === box.innerHTML.trim()) return;
    box.textContent = "";
    box.append(...found.childNodes);
  } catch {
    // The server is away: what is shown stays, and the next look may find it.
  }
}
