// The server's clock, from the Date of its answers. A hall's PC may be minutes off; what it shows as latency must not be.
// All times in ms; the page's own time is performance.now(), which never steps.

const KEPT = 120;

/**
 * Adds one answer to what is known. `date` is the server's Date (whole seconds, cut off), `age` what caches added to it
 * in seconds, `arrived` the page's time when its first byte came.
 */
export function addSample(samples, { date, age = 0, arrived }) {
  const sent = Date.parse(date);
  if (!Number.isFinite(sent)) return samples;
  return [...samples, sent + age * 1000 - arrived].slice(-KEPT);
}

/**
 * Server's time minus page's time, or null while nothing is known. Each answer was sent at or after the second that it
 * names and arrived later, so each gives a lower bound; answers spread over the second, and the greatest bound comes
 * within the time on the way of the truth.
 */
export function offset(samples) {
  return samples.length === 0 ? null : samples.reduce((greatest, sample) => Math.max(greatest, sample));
}

/** Seconds that a picture of `playingDate` (ms since the epoch) is behind the server's clock, or null. */
export function latency(samples, playingDate, now) {
  const ahead = offset(samples);
  if (ahead === null || playingDate === null) return null;
  return (now + ahead - playingDate) / 1000;
}
