import assert from "node:assert/strict";
import test from "node:test";

import { sinceOf } from "../since.js";

const token = (claims) => `eyJhIjoxfQ.${Buffer.from(claims).toString("base64url")}.c2lnbg`;

test("a token in an address or in a playlist says from when on there is something", () => {
  const one = token('{"sub":"xa-1","from":1790000640}');
  assert.equal(sinceOf(`http://hop.vn/s/${one}/live/hop/v720/index.m3u8`), 1_790_000_640_000);
  assert.equal(sinceOf(`#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\n/s/${one}/live/hop/v720/index.m3u8\n`), 1_790_000_640_000);
});

test("letters that base64url has and base64 has not are read", () => {
  assert.equal(sinceOf(`/s/${token('{"ch":"???>>>","from":7}')}/live`), 7000);
});

test("without a token, and with one that says nothing of it, all there is may be seen", () => {
  for (const text of ["", "/live/hop/index.m3u8", "/s/a.b.c/", `/s/${token("[]")}/`, `/s/${token('{"from":"7"}')}/`,
    `/s/${token("null")}/`, "/s/a.b/"]) {
    assert.equal(sinceOf(text), 0);
  }
});
