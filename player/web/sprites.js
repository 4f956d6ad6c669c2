// WebVTT whose cues are pictures: which part of which file shows a moment. No page and no network here.

const TIMES = /^(\d+):(\d\d):(\d\d\.\d+) --> (\d+):(\d\d):(\d\d\.\d+)/;
const PLACE = /^([^#\s]+)#xywh=(\d+),(\d+),(\d+),(\d+)$/;

function seconds(hours, minutes, rest) {
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(rest);
}

/** The pictures of a text, in its order: [{start, end, file, x, y, width, height}], times in s since the epoch. What is no picture is passed over. */
export function spritesOf(text) {
  const found = [];
  let times = null;
  for (const line of text.split(/\r?\n/)) {
    const place = times && PLACE.exec(line);
    if (place) {
      const [x, y, width, height] = place.slice(2).map(Number);
      found.push({ start: seconds(...times.slice(1, 4)), end: seconds(...times.slice(4, 7)), file: place[1], x, y, width, height });
    }
    times = TIMES.exec(line);
  }
  return found;
}

/** The picture that shows a moment, in s since the epoch; null where there is none. */
export function spriteAt(sprites, moment) {
  return sprites.find(({ start, end }) => start <= moment && moment < end) || null;
}
