import assert from "node:assert/strict";
import test from "node:test";

import { bufferedEnd, remind } from "../parts.js";

/** As hls.js has it: loaded when it knows of a stream in it. */
function part(sn, start, loaded, gap = false) {
  return {
    fragment: { sn }, start, end: start + 0.32, gap, elementaryStreams: { audio: null, video: loaded ? {} : null },
    get loaded() { return Boolean(this.elementaryStreams.video || this.elementaryStreams.audio); },
  };
}

/** Which of the parts count as loaded, a letter each; "-" for those that do not. */
function known(parts) {
  return parts.map((one) => (one.loaded ? "L" : "-")).join("");
}

/** Parts of one segment from second 10 on, by such letters. */
function segment(letters, sn = 7) {
  return [...letters].map((letter, at) => part(sn, 10 + 0.32 * at, letter === "L"));
}

test("a part between two that are known, in the buffer, is known again", () => {
  const parts = segment("L-LLL-");
  remind(parts, 11.92, "video");
  assert.equal(known(parts), "LLLLLL");
});

test("what is not in the buffer yet is still to be loaded", () => {
  const parts = segment("L-----");
  remind(parts, 10.32 + 0.08, "video"); // pictures shown later than their part's end
  assert.equal(known(parts), "L-----");
});

test("another level's parts are not known because their time is buffered", () => {
  const parts = segment("------");
  remind(parts, 11.92, "video");
  assert.equal(known(parts), "------");
});

test("the next segment begins with its own first part", () => {
  const parts = [...segment("LLLLLL"), part(8, 11.92, false)];
  remind(parts, 20, "video");
  assert.equal(known(parts), "LLLLLL-");
});

test("what is lost stays lost, and what stands behind it is not known by it", () => {
  const parts = [part(7, 10, true), part(7, 10.32, false, true), part(7, 10.64, false)];
  remind(parts, 20, "video");
  assert.equal(known(parts), "L--");
});

test("sound is reminded of sound, and a playlist without parts of nothing", () => {
  const parts = segment("L-");
  remind(parts, 20, "audio");
  assert.deepEqual(Object.keys(parts[1].elementaryStreams).filter((kind) => parts[1].elementaryStreams[kind]), ["audio"]);
  remind(null, 20, "video");
});

test("the buffer ends where it has a hole", () => {
  const ranges = { length: 2, start: (at) => [0, 8][at], end: (at) => [5, 12][at] };
  assert.equal(bufferedEnd(ranges, 3), 5);
  assert.equal(bufferedEnd(ranges, 9), 12);
  assert.equal(bufferedEnd(ranges, 6), 6);
});
