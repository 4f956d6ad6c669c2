// What a site's test means: from what was measured to what is wrong, and what to do about it. Pure.

/** kb/s of so many bytes within ms. */
export function kbps(bytes, ms) {
  return Math.min(10_000_000, Math.round((bytes * 8) / Math.max(1, ms)));
}

/** The rate that the lightest rung takes at its height, in kb/s; 0 while none is known. */
export function needed(levels) {
  const rates = levels.map(({ bitrate }) => bitrate).filter((bitrate) => bitrate > 0);
  return rates.length ? Math.ceil(Math.min(...rates) / 1000) : 0;
}

/** Whether the picture moves: at least a few frames a second, of a tab that is seen. */
export function moves(before, after, ms) {
  return after - before >= (5 * ms) / 1000;
}

/** What is wrong, in the order in which it is told; the same rules as flow/self_test.py has. */
export function faultsOf({ picture, sound, rate, need }) {
  return [
    picture ? null : "picture",
    sound ? null : "sound",
    rate < Math.max(1, need) ? "rate" : null,
  ].filter(Boolean);
}

/** A rate as people read it: 2,4 Mb/s. */
export function mbps(rate, language) {
  const text = (rate / 1000).toFixed(1);
  return language === "vi" ? text.replace(".", ",") : text;
}

/** The address that takes the result. */
export function telling(address, { picture, sound, rate, need }) {
  return `${address}?picture=${picture ? 1 : 0}&sound=${sound ? 1 : 0}&rate=${rate}&need=${need}`;
}
