// What is handed out with the meeting, and its times: a page that is open shows what came since, within a minute.
import { language } from "./words.js";

const LOOK_EVERY_MS = 50000;

/** Looks now and then, not all pages at once; what is shown is touched only when it is another. When there is no
 * such page any more and no picture `plays`, it is shown what there is instead: that the meeting is over. */
export function lookForDocuments(box, plays) {
  setTimeout(async () => {
    await look(box, plays);
    lookForDocuments(box, plays);
  }, LOOK_EVERY_MS * (1 - Math.random() / 4));
}

async function look(box, plays) {
  try {
    const answer = await fetch(`${location.pathname}?handed&lang=${language()}`, { cache: "no-store" });
    if (answer.status === 404) over(box, plays());
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html"); // runs nothing
    const found = page.getElementById("handed");
    Object.assign(box.dataset, { start: found.dataset.start, end: found.dataset.end });
    if (found.innerHTML.trim() === box.innerHTML.trim()) return;
    box.textContent = "";
    box.append(...found.childNodes);
  } catch {
    // The server is away: what is shown stays, and the next look may find it.
  }
}

/** The page is not for this site any more: who still plays sees the slate behind the meeting. */
function over(box, playing) {
  if (!playing) location.reload();
  else if (box.dataset.start) box.dataset.end = box.dataset.start;
}
