// What the line carries: bytes that cannot be made smaller, beside those that the picture takes meanwhile.
import { kbps } from "./verdict.js";

const LONGEST_MS = 10_000;
const ENOUGH_MS = 1_500;
const MOST = 4;

/** kb/s, 0 when nothing came. A fast line is measured several times, and its best counts. */
export async function measure(address) {
  const began = performance.now();
  let best = 0;
  for (let tries = 0; tries < MOST && performance.now() - began < ENOUGH_MS; tries += 1) {
    best = Math.max(best, await once(address));
  }
  return best;
}

async function once(address) {
  if (performance.clearResourceTimings) performance.clearResourceTimings(); // its list is short, and full by now
  const began = performance.now();
  let bytes = 0;
  try {
    const response = await fetch(address, { cache: "no-store" });
    if (!response.ok) return 0;
    const reader = response.body.getReader();
    for (;;) {
      const left = LONGEST_MS - (performance.now() - began);
      const piece = await Promise.race([reader.read(), later(left)]);
      if (!piece || piece.done) {
        if (!piece) reader.cancel();
        break;
      }
      bytes += piece.value.length;
    }
  } catch {
    // What had come when the line broke is what it carried.
  }
  return bytes === 0 ? 0 : kbps(bytes + beside(address, began), performance.now() - began);
}

/** What else came whole since then. */
function beside(address, began) {
  const { href } = new URL(address, location.href);
  return performance.getEntriesByType("resource")
    .filter(({ name, startTime }) => name !== href && startTime >= began)
    .reduce((sum, { transferSize }) => sum + (transferSize || 0), 0);
}

function later(ms) {
  return new Promise((resolve) => { setTimeout(resolve, Math.max(0, ms)); });
}
