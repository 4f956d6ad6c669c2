// What a picture that plays is of a meeting: its rehearsal, the meeting itself, or the slate behind it.

/** The badge's word at a time of the server's clock (s since the epoch); the server gives the times with the page,
 * empty for what nobody knows. */
export function badgeOf({ start, end }, now) {
  if (start && now < Number(start)) return "rehearsal";
  if (end && now >= Number(end)) return "over";
  return "live";
}
