import assert from "node:assert/strict";
import { test } from "node:test";
import { badgeOf } from "../stage.js";

test("a picture is a rehearsal before the meeting, and over behind it", () => {
  const times = { start: "100", end: "200" };
  assert.deepEqual([99.9, 100, 199.9, 200].map((now) => badgeOf(times, now)), ["rehearsal", "live", "live", "over"]);
});

test("what nobody knows is live: an open channel, a meeting without an end", () => {
  assert.equal(badgeOf({ start: "", end: "" }, 100), "live");
  assert.equal(badgeOf({}, 100), "live");
  assert.equal(badgeOf({ start: "100", end: "" }, 5000), "live");
});
