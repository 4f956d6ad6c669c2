import assert from "node:assert/strict";
import test from "node:test";

import { faultsOf, kbps, mbps, moves, needed, telling } from "../verdict.js";

const GOOD = { picture: true, sound: true, rate: 900, need: 700 };

test("a site is ready when nothing is wrong", () => {
  assert.deepEqual(faultsOf(GOOD), []);
  assert.deepEqual(faultsOf({ ...GOOD, rate: 700 }), []);
  assert.deepEqual(faultsOf({ ...GOOD, rate: 699 }), ["rate"]);
  assert.deepEqual(faultsOf({ picture: false, sound: false, rate: 0, need: 0 }), ["picture", "sound", "rate"]);
});

test("a rate is bits within milliseconds", () => {
  assert.equal(kbps(262_144, 3_495), 600);
  assert.equal(kbps(262_144, 0), 2_097_152);
  assert.equal(kbps(1e12, 1), 10_000_000);
  assert.equal(mbps(2_449, "vi"), "2,4");
  assert.equal(mbps(2_449, "en"), "2.4");
});

test("the lightest rung is what a line must carry", () => {
  assert.equal(needed([{ bitrate: 2_000_000 }, { bitrate: 650_001 }]), 651);
  assert.equal(needed([]), 0);
  assert.equal(needed([{ bitrate: 0 }]), 0);
});

test("a picture moves with a few frames a second", () => {
  assert.equal(moves(100, 150, 2_000), true);
  assert.equal(moves(100, 104, 2_000), false);
});

test("the result goes into the address, without a body", () => {
  assert.equal(telling("/test/hop", { ...GOOD, sound: false }), "/test/hop?picture=1&sound=0&rate=900&need=700");
});
