import assert from "node:assert/strict";
import test from "node:test";

import { spriteAt, spritesOf } from "../sprites.js";

const TEXT = `WEBVTT

498714:30:30.000 --> 498714:30:40.000
179537223-7.jpg#xywh=0,0,160,90

498714:30:50.000 --> 498714:31:00.000
179537225-7.6.jpg#xywh=0,96,160,90
`;
const HALF_PAST = 498714 * 3600 + 30 * 60;

test("each cue is a picture with its time and its place in the file", () => {
  assert.deepEqual(spritesOf(TEXT), [
    { start: HALF_PAST + 30, end: HALF_PAST + 40, file: "179537223-7.jpg", x: 0, y: 0, width: 160, height: 90 },
    { start: HALF_PAST + 50, end: HALF_PAST + 60, file: "179537225-7.6.jpg", x: 0, y: 96, width: 160, height: 90 },
  ]);
});

test("a moment has the picture that begins with it, and none where one is missing", () => {
  const sprites = spritesOf(TEXT);
  assert.equal(spriteAt(sprites, HALF_PAST + 30).file, "179537223-7.jpg");
  assert.equal(spriteAt(sprites, HALF_PAST + 39.9).file, "179537223-7.jpg");
  assert.equal(spriteAt(sprites, HALF_PAST + 40), null);
  assert.equal(spriteAt(sprites, HALF_PAST + 55).y, 96);
  assert.equal(spriteAt([], HALF_PAST), null);
});

test("what is no picture is passed over", () => {
  assert.deepEqual(spritesOf("WEBVTT\n\n00:00:00.000 --> 00:00:10.000\nsome words\n\nNOTE a.jpg#xywh=0,0,1,1\n"), []);
  assert.deepEqual(spritesOf(""), []);
});
