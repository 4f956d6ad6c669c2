// From when on a site may see a channel's past: its stream token says so, in the addresses of media. Nobody relies on
// this page for it; the page only offers nothing that it would not get.

const TOKEN = /\/s\/[\w-]+\.([\w-]+)\.[\w-]+\//;

/** The moment, in ms since the epoch, that the token in an address or a playlist begins with; 0 without one. */
export function sinceOf(text) {
  const [, claims] = TOKEN.exec(text) || [];
  if (!claims) return 0;
  try {
    const { from } = JSON.parse(atob(claims.replaceAll("-", "+").replaceAll("_", "/")));
    return Number.isFinite(from) ? from * 1000 : 0;
  } catch {
    return 0;
  }
}
