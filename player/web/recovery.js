// What to do when the stream breaks: state and event in, state and action out. No timers, no page, no hls.js here;
// the shell calls `step` for each event and about four times a second with a tick.
//
// Actions, from the mildest:
//   live      jump to the live edge
//   resume    go on loading what is loaded already
//   recover   let hls.js mend its decoder
//   reload    load the playlist again
//   recreate  throw the engine away and make a new one

/** Pauses before the next try, in ms: the last one repeats for as long as it takes. */
export const PAUSES = [1000, 2000, 4000, 8000];
/** Picture still for so long while it should move: reload. */
export const STALL_MS = 8000;
/** Picture still for so long: tell the viewer, and count a stall. */
export const BUFFERING_MS = 1000;
/** The decoder is mended at most once in this time; a second fault within it needs a new engine. */
export const MEND_EVERY_MS = 5000;
/** One fault of the decoder is often reported twice, by the element and by hls.js. */
const SAME_FAULT_MS = 500;
/** Seconds behind the place where a player should be, before it jumps there. */
export const FAR_BEHIND_S = 10;
/** The same when the viewer comes back to the page or the network to the computer. */
const BEHIND_ON_WAKE_S = 2;
const JUMP_EVERY_MS = 5000;
/** After so much unbroken play the pauses start from the shortest again. */
const HEALTHY_MS = 3000;

/** The state of a page that has just been opened; `now` in ms of any clock that never goes back. */
export function initial(now) {
  return {
    phase: "loading", connected: false, failures: 0, retry: null,
    position: null, movedAt: now, healthySince: null, mendedAt: -Infinity, renewedAt: -Infinity, jumpedAt: -Infinity,
    still: false, stalls: 0, standstills: 0,
  };
}

/**
 * One event. Returns [state, action or null].
 *   {type: "failed", cause: "manifest" | "network" | "media" | "other", status, now, chance}  a fatal error;
 *       `chance` in [0, 1) spreads the tries of many pages that lost the same server
 *   {type: "loaded", now}                          a playlist or a piece of media arrived
 *   {type: "tick", now, position, wanted, behind}  `wanted`: it should be playing; `behind` in seconds or null
 *   {type: "wake", now, behind}                    page shown again, network back, computer woken
 */
export function step(state, event) {
  switch (event.type) {
    case "failed": return event.cause === "media" ? mediaFailed(state, event) : failed(state, event);
    case "loaded": return [loaded(state), null];
    case "tick": return tick(state, event);
    case "wake": return wake(state, event);
    default: throw new Error(`unknown event ${event.type}`);
  }
}

function loaded(state) {
  const unheard = state.phase === "waiting" || state.phase === "denied";
  return { ...state, connected: true, phase: unheard ? "loading" : state.phase };
}

/** The pause before try number `failures` + 1: up to a quarter is taken off by chance. */
export function pause(failures, chance = 0) {
  return PAUSES[Math.min(failures, PAUSES.length - 1)] * (1 - chance / 4);
}

function failed(state, event) {
  const phase = phaseOf(event);
  const broken = { ...state, phase, connected: false, healthySince: null };
  if (state.retry) return [broken, null];
  const retry = { at: event.now + pause(state.failures, event.chance), action: nextAction(event, state.failures) };
  return [{ ...broken, retry, failures: state.failures + 1 }, null];
}

function phaseOf({ cause, status }) {
  if (status === 401 || status === 403) return "denied";
  if (status === 404 || status === 410) return "waiting";
  return cause === "other" ? "stalled" : "reconnecting";
}

function nextAction({ cause, status }, failures) {
  if (cause === "other") return "recreate";
  // Going on keeps what is buffered. A playlist that is gone, or two tries that did not help, need the whole list again:
  // the addresses of an invited site end some day, and the list has new ones.
  const gone = status === 403 || status === 404 || status === 410;
  return cause === "network" && !gone && failures < 2 ? "resume" : "reload";
}

function mediaFailed(state, event) {
  const { now } = event;
  if (state.retry || now - state.mendedAt < SAME_FAULT_MS || now - state.renewedAt < SAME_FAULT_MS) return [state, null];
  const broken = { ...state, phase: "decoding", healthySince: null, movedAt: now };
  if (now - state.mendedAt >= MEND_EVERY_MS) return [{ ...broken, mendedAt: now }, "recover"];
  if (now - state.renewedAt >= MEND_EVERY_MS) return [{ ...broken, renewedAt: now }, "recreate"];
  const retry = { at: now + pause(state.failures, event.chance), action: "recreate" };
  return [{ ...broken, retry, failures: state.failures + 1 }, null];
}

function tick(state, event) {
  const { now } = event;
  if (state.retry && now >= state.retry.at) return fire(state, now);
  const moved = event.position !== state.position;
  if (moved) return played({ ...state, position: event.position, movedAt: now }, event);
  if (!event.wanted || state.retry) return [{ ...state, movedAt: now }, null];
  return stoodStill(state, now);
}

function fire(state, now) {
  const { action } = state.retry;
  const renewedAt = action === "recreate" ? now : state.renewedAt;
  return [{ ...state, retry: null, movedAt: now, renewedAt }, action];
}

function played(state, { now, behind, wanted }) {
  const moving = { ...state, still: false, standstills: 0 };
  if (!state.connected || !wanted || state.retry) return [moving, null]; // what moves is left over in the buffer
  const healthySince = state.healthySince ?? now;
  const failures = now - healthySince >= HEALTHY_MS ? 0 : state.failures;
  const playing = { ...moving, phase: "playing", healthySince, failures };
  if (behind === null || behind <= FAR_BEHIND_S || now - state.jumpedAt < JUMP_EVERY_MS) return [playing, null];
  return [{ ...playing, jumpedAt: now }, "live"];
}

function stoodStill(state, now) {
  const since = now - state.movedAt;
  if (since >= STALL_MS) {
    const standstills = state.standstills + 1;
    const action = standstills % 3 === 0 ? "recreate" : "reload";
    const phase = state.phase === "playing" || state.phase === "buffering" ? "stalled" : state.phase;
    return [{ ...state, phase, standstills, movedAt: now, healthySince: null }, action];
  }
  if (since >= BUFFERING_MS && state.phase === "playing" && !state.still) {
    return [{ ...state, phase: "buffering", still: true, stalls: state.stalls + 1, healthySince: null }, null];
  }
  return [state, null];
}

function wake(state, { now, behind }) {
  if (state.retry) return fire(state, now);
  const awake = { ...state, movedAt: now };
  if (behind === null || behind <= BEHIND_ON_WAKE_S) return [awake, null];
  return [{ ...awake, jumpedAt: now }, "live"];
}
