import assert from "node:assert/strict";
import test from "node:test";

import { addSample, latency, offset } from "../clock.js";

const SERVER_AHEAD = 1_789_000_000_123; // server's time minus page's time

/** What the page learns from one answer sent at page's time `sent`, with `way` ms on the way. */
function answer(samples, sent, way, age = 0) {
  const date = new Date(Math.floor((sent - age * 1000 + SERVER_AHEAD) / 1000) * 1000).toUTCString();
  return addSample(samples, { date, age, arrived: sent + way });
}

test("nothing is known before the first answer", () => {
  assert.equal(offset([]), null);
  assert.equal(latency([], 1, 2), null);
});

test("answers spread over the second give the server's clock to the time on the way", () => {
  let samples = [];
  for (let round = 0; round < 50; round += 1) samples = answer(samples, round * 640, 15);
  const error = SERVER_AHEAD - offset(samples);
  assert.ok(error >= 0 && error <= 15 + 40, `${error} ms`);
});

test("the age that a cache tells is added", () => {
  let samples = [];
  for (let round = 0; round < 50; round += 1) samples = answer(samples, round * 640, 15, 3);
  assert.ok(Math.abs(SERVER_AHEAD - offset(samples)) <= 55);
});

test("an answer with a date that is none teaches nothing", () => {
  assert.deepEqual(addSample([], { date: "soon", arrived: 5 }), []);
});

test("old answers are forgotten, so a server whose clock is set back is followed", () => {
  let samples = answer([], 0, 0);
  for (let round = 0; round < 120; round += 1) {
    samples = addSample(samples, { date: new Date(1_700_000_000_000).toUTCString(), arrived: 0 });
  }
  assert.equal(offset(samples), 1_700_000_000_000);
});

test("latency is the server's time less the picture's", () => {
  const samples = addSample([], { date: new Date(1_700_000_000_000).toUTCString(), arrived: 1000 });
  assert.equal(latency(samples, 1_699_999_998_000, 2000), 3);
});
