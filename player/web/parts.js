// What hls.js has loaded of a segment that is still being made. Now and then (1.7.4, parts of 0.32 s, once in some minutes)
// it forgets of a part in the middle that it has it. At the segment's end it then looks for that part, will not load it
// anew since the segment is whole, and goes on only when the part leaves the playlist: the picture stands for 3 s.

/** Where parts' ends and the buffer's do not meet to the bit: media times since the epoch leave 0.1 µs to a double. */
const NEAR_S = 0.002;

/**
 * Reminds hls.js of parts that it has: what lies in the buffer behind a part of the same segment that it knows of, for it
 * loads them one after the other. A part behind none that is known may be another level's, and is left alone. `parts` are
 * those of a playlist (`LevelDetails.partList`), `bufferedEnd` is in the player's seconds, `kind` "video" or "audio".
 */
export function remind(parts, bufferedEnd, kind) {
  let before = null;
  for (const part of parts || []) {
    const follows = before !== null && before.loaded && before.fragment.sn === part.fragment.sn;
    if (follows && !part.loaded && !part.gap && part.end <= bufferedEnd + NEAR_S) {
      part.elementaryStreams[kind] = { startPTS: part.start, endPTS: part.end, startDTS: part.start, endDTS: part.end };
    }
    before = part;
  }
}

/** Where what is buffered without a hole from `time` on ends; `time` itself when nothing is. */
export function bufferedEnd(ranges, time) {
  for (let at = 0; at < ranges.length; at += 1) {
    if (ranges.start(at) <= time && time <= ranges.end(at)) return ranges.end(at);
  }
  return time;
}
