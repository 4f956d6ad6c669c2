import assert from "node:assert/strict";
import test from "node:test";

import { BUFFERING_MS, MEND_EVERY_MS, PAUSES, STALL_MS, initial, pause, step } from "../recovery.js";

const TICK = 250;

/** A page driven by a stepped clock: keeps state, collects actions with their times. */
class Page {
  constructor() {
    this.now = 0;
    this.state = initial(0);
    this.actions = [];
    this.position = 0;
    this.behind = 0;
    this.wanted = true;
  }

  send(event) {
    const [state, action] = step(this.state, { now: this.now, chance: 0, ...event });
    this.state = state;
    if (action) this.actions.push([this.now, action]);
    return action;
  }

  run(ms, moving) {
    for (const end = this.now + ms; this.now < end;) {
      this.now += TICK;
      if (moving) this.position += TICK / 1000;
      this.send({ type: "tick", position: this.position, wanted: this.wanted, behind: this.behind });
    }
  }

  play(ms) {
    this.send({ type: "loaded" });
    this.run(ms, true);
  }

  get names() {
    return this.actions.map(([, action]) => action);
  }
}

test("a page that plays does nothing", () => {
  const page = new Page();
  page.play(60_000);
  assert.equal(page.state.phase, "playing");
  assert.deepEqual(page.actions, []);
  assert.equal(page.state.stalls, 0);
});

test("a playlist that is not there is asked for after 1, 2, 4, 8 and 8 seconds, for ever", () => {
  const page = new Page();
  const waits = [];
  for (let round = 0; round < 6; round += 1) {
    const since = page.now;
    page.send({ type: "failed", cause: "manifest", status: 404 });
    assert.equal(page.state.phase, "waiting");
    while (page.actions.length === round) page.run(TICK, false);
    waits.push(page.now - since);
  }
  assert.deepEqual(waits, [...PAUSES, 8000, 8000]);
  assert.ok(page.names.every((action) => action === "reload"));
});

test("pages that lost the same server do not come back in the same instant", () => {
  assert.equal(pause(3, 0), 8000);
  assert.equal(pause(3, 0.999) < 6010, true);
});

test("a channel that appears is no longer called off air", () => {
  const page = new Page();
  page.send({ type: "failed", cause: "manifest", status: 404 });
  page.run(1000, false);
  page.send({ type: "loaded" });
  assert.equal(page.state.phase, "loading");
  page.run(500, true);
  assert.equal(page.state.phase, "playing");
});

test("a lost server is called so while the buffer still plays, and loading goes on without a new playlist first", () => {
  const page = new Page();
  page.play(10_000);
  page.send({ type: "failed", cause: "network", status: 0 });
  page.run(900, true);
  assert.equal(page.state.phase, "reconnecting");
  page.run(200, true);
  assert.deepEqual(page.names, ["resume"]);
  page.play(4000);
  assert.equal(page.state.phase, "playing");
  assert.equal(page.state.failures, 0);
});

test("loading that does not go on twice gets the playlist anew", () => {
  const page = new Page();
  page.play(10_000);
  for (let round = 0; round < 3; round += 1) {
    page.send({ type: "failed", cause: "network", status: 0 });
    page.run(PAUSES[round] + TICK, false);
  }
  assert.deepEqual(page.names, ["resume", "resume", "reload"]);
});

test("a playlist that is gone is asked for anew at once: an invited site has new addresses in it", () => {
  for (const status of [403, 404, 410]) {
    const page = new Page();
    page.play(10_000);
    page.send({ type: "failed", cause: "network", status });
    page.run(PAUSES[0] + TICK, false);
    assert.deepEqual(page.names, ["reload"]);
  }
});

test("a second error does not start a second try", () => {
  const page = new Page();
  page.send({ type: "failed", cause: "network", status: 0 });
  page.send({ type: "failed", cause: "network", status: 0 });
  page.run(PAUSES[0] + TICK, false);
  assert.deepEqual(page.names, ["resume"]);
});

test("short play between faults does not shorten the pauses", () => {
  const page = new Page();
  page.send({ type: "failed", cause: "manifest", status: 500 });
  page.run(1000, false);
  page.play(1000);
  page.send({ type: "failed", cause: "manifest", status: 500 });
  assert.equal(page.state.failures, 2);
});

test("the decoder is mended at most once in five seconds, then the engine is made anew", () => {
  const page = new Page();
  page.play(10_000);
  assert.equal(page.send({ type: "failed", cause: "media", status: 0 }), "recover");
  assert.equal(page.send({ type: "failed", cause: "media", status: 0 }), null, "the same fault, told twice");
  page.run(2000, true);
  assert.equal(page.send({ type: "failed", cause: "media", status: 0 }), "recreate");
  page.run(2000, true);
  assert.equal(page.send({ type: "failed", cause: "media", status: 0 }), null);
  page.run(PAUSES[0], true);
  assert.deepEqual(page.names, ["recover", "recreate", "recreate"]);
  page.run(MEND_EVERY_MS, true);
  assert.equal(page.send({ type: "failed", cause: "media", status: 0 }), "recover");
});

test("a picture that stands still is told of after a second and loaded again after eight", () => {
  const page = new Page();
  page.play(5000);
  page.run(BUFFERING_MS, false);
  assert.equal(page.state.phase, "buffering");
  assert.equal(page.state.stalls, 1);
  page.run(STALL_MS - BUFFERING_MS, false);
  assert.equal(page.state.phase, "stalled");
  assert.deepEqual(page.names, ["reload"]);
  page.run(2 * STALL_MS, false);
  assert.deepEqual(page.names, ["reload", "reload", "recreate"]);
  assert.equal(page.state.stalls, 1, "one standstill is one stall, however long");
  page.play(1000);
  assert.equal(page.state.phase, "playing");
});

test("a page that waits for the viewer's click is left alone", () => {
  const page = new Page();
  page.wanted = false;
  page.run(60_000, false);
  assert.deepEqual(page.actions, []);
});

test("a picture far behind jumps to the live edge, once in five seconds", () => {
  const page = new Page();
  page.play(5000);
  page.behind = 10.5;
  page.run(6000, true);
  assert.deepEqual(page.names, ["live", "live"]);
  page.behind = 9;
  page.run(6000, true);
  assert.equal(page.actions.length, 2);
});

test("a computer that wakes or gets its network back tries at once", () => {
  const page = new Page();
  page.send({ type: "failed", cause: "manifest", status: 0 });
  assert.equal(page.send({ type: "wake", behind: null }), "reload");
});

test("a page shown again jumps only when it fell behind", () => {
  const page = new Page();
  page.play(5000);
  assert.equal(page.send({ type: "wake", behind: 1 }), null);
  assert.equal(page.send({ type: "wake", behind: 30 }), "live");
});

test("a viewer without permission is told so, not that the line is broken", () => {
  const page = new Page();
  page.send({ type: "failed", cause: "manifest", status: 403 });
  assert.equal(page.state.phase, "denied");
});

test("no storm of events ever stops the page from trying (seeded)", () => {
  let seed = 12345;
  const random = () => { seed = (seed * 1103515245 + 12345) % 2147483648; return seed / 2147483648; };
  const causes = ["manifest", "network", "media", "other"];
  for (let round = 0; round < 200; round += 1) {
    const page = new Page();
    for (let event = 0; event < 40; event += 1) {
      const dice = random();
      if (dice < 0.5) page.send({ type: "failed", cause: causes[Math.floor(random() * 4)], status: [0, 404, 500][Math.floor(random() * 3)] });
      else if (dice < 0.6) page.send({ type: "wake", behind: random() * 20 });
      else if (dice < 0.7) page.send({ type: "loaded" });
      else page.run(Math.floor(random() * 5000), random() < 0.3);
    }
    const before = page.actions.length;
    page.run(STALL_MS + PAUSES[3] + TICK, false);
    assert.ok(page.actions.length > before);
    page.play(5000);
    assert.equal(page.state.phase, "playing");
  }
});
