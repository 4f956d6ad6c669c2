// The page that plays one channel: joins video, engine, recovery and controls. What to do when it breaks is recovery.js's.
import { Captions } from "./captions.js";
import { addSample, latency, offset } from "./clock.js";
import { engineFor } from "./engine.js";
import { Glimpse } from "./glimpse.js";
import { lookForDocuments } from "./handed.js";
import { onKeys } from "./keys.js";
import { Past } from "./past.js";
import { Quality } from "./quality.js";
import { initial, step } from "./recovery.js";
import { Screen } from "./screen.js";
import { SelfTest } from "./selftest.js";
import { Sound } from "./sound.js";
import { badgeOf } from "./stage.js";
import { Tracks } from "./tracks.js";
import { say, switchInPlace } from "./words.js";

const TICK_MS = 250;
/** What the badge says before there is a picture; later it is live or being mended. */
const BADGES = { loading: "not_live", waiting: "not_live", denied: "not_live", unsupported: "not_live" };

const part = (id) => document.getElementById(id);
const stage = part("stage");
const video = part("video");
const notice = part("notice");
const badge = part("badge");
const behind = part("behind");
const handed = part("handed");

let recovery = initial(performance.now());
let samples = [];
let engine = null;
const counts = { errors: 0, fatal: 0, last: null, actions: {} };

const sound = new Sound(video, {
  gate: part("gate"), gateWords: part("gate-words"), mute: part("mute"), volume: part("volume"),
});
const screen = new Screen(stage, part("fullscreen"), video);
const quality = new Quality(part("quality"), () => engine);
const tracks = new Tracks(part("track"), () => engine);
const captions = new Captions(part("captions"), () => engine);
const list = new URL("thumbnails/index.vtt", new URL(stage.dataset.playlist, location.href)).href;
const glimpse = new Glimpse({ box: part("glimpse"), view: part("glimpse-view"), words: part("glimpse-words") }, list);
const past = new Past(
  video, { row: part("past"), bar: part("seek"), live: part("back-to-live") }, glimpse, () => engine,
);

new SelfTest({
  panel: part("trial"), start: part("trial-start"), steps: part("trial-steps"), picture: part("trial-picture"),
  line: part("trial-line"), sound: part("trial-sound"), asks: part("trial-asks"), again: part("trial-again"),
  heard: part("trial-heard"), unheard: part("trial-unheard"), result: part("trial-result"), close: part("trial-close"),
}, {
  video, start: () => sound.open(), phase: () => recovery.phase, levels: () => (engine ? engine.levels : []),
});

function tell(event) {
  const [next, action] = step(recovery, { now: performance.now(), chance: Math.random(), ...event });
  recovery = next;
  if (!action) return;
  counts.actions[action] = (counts.actions[action] || 0) + 1;
  engine.act(action);
}

function answered(response, arrived) {
  if (!response || !response.getResponseHeader) return;
  const date = response.getResponseHeader("Date");
  if (date) samples = addSample(samples, { date, age: Number(response.getResponseHeader("Age")) || 0, arrived });
}

function erred(details, fatal) {
  counts.errors += 1;
  counts.fatal += fatal ? 1 : 0;
  counts.last = details;
}

function currentLatency() {
  return engine ? latency(samples, engine.playingDate, performance.now()) : null;
}

function tick() {
  const wanted = !sound.pausedByViewer && sound.blocked !== "play";
  tell({ type: "tick", position: video.currentTime, wanted, behind: past.behind });
  if (wanted && video.paused && video.readyState > HTMLMediaElement.HAVE_METADATA) sound.start();
  show();
}

function show() {
  const phase = recovery.phase === "reconnecting" && !navigator.onLine ? "offline" : recovery.phase;
  const playing = phase === "playing";
  stage.dataset.phase = phase;
  past.show();
  const shown = playing ? badgeOf(handed.dataset, serverNow()) : BADGES[phase] || "mending";
  say(badge, shown);
  badge.classList.toggle("on", shown === "live" && !past.gone);
  if (playing || sound.blocked === "play") hush(notice);
  else say(notice, `state_${phase}`);
  if (playing && past.gone) {
    past.tell(badge, behind);
    return;
  }
  const seconds = playing ? currentLatency() : null;
  if (seconds === null) hush(behind);
  else say(behind, "behind", { seconds: Math.max(0, Math.round(seconds)) });
}

/** s since the epoch, by the server's clock once an answer has told it. */
function serverNow() {
  const off = offset(samples);
  return (off === null ? Date.now() : performance.now() + off) / 1000;
}

function changed() {
  quality.show();
  tracks.show();
  captions.show();
}

function hush(element) {
  delete element.dataset.t;
  element.textContent = "";
}

/** What the page knows about its own play, for tests, benches and whoever helps a viewer by telephone. */
function stats() {
  const level = engine ? engine.level : -1;
  const frames = video.getVideoPlaybackQuality ? video.getVideoPlaybackQuality() : {};
  return {
    phase: recovery.phase,
    currentTime: video.currentTime,
    paused: video.paused,
    muted: video.muted,
    playbackRate: video.playbackRate,
    latency: currentLatency(), // s behind the server's clock, null while unknown
    edgeLatency: engine ? engine.edgeLatency : null, // s behind the end of the playlist
    behind: engine ? engine.behind : null, // s behind where the playlist wants players to be
    gone: past.gone, // back into the past, by the viewer's own choice
    playingDate: engine ? engine.playingDate : null, // ms since the epoch
    clockOffset: offset(samples) === null ? null : offset(samples) - performance.timeOrigin, // ms, server minus this PC
    level,
    height: video.videoHeight,
    levels: engine ? engine.levels : [],
    sounds: engine ? engine.sounds : [],
    sound: engine ? engine.sound : -1,
    captions: engine ? engine.captions : [],
    captioned: engine ? engine.captioned : false,
    stalls: recovery.stalls, // times the picture stood still for 1 s or more while it should have moved
    errors: counts.errors, // all that hls.js reported, fatal or not
    fatalErrors: counts.fatal,
    lastError: counts.last,
    actions: { ...counts.actions }, // what recovery did, by name
    frames: frames.totalVideoFrames ?? null,
    dropped: frames.droppedVideoFrames ?? null,
  };
}

function start() {
  switchInPlace();
  const source = { playlist: stage.dataset.playlist, worker: stage.dataset.worker };
  engine = engineFor(video, source, {
    tell, answered, erred, changed, ready: () => sound.start(),
  });
  window.xacast = { stats };
  if (engine === null) {
    recovery = { ...recovery, phase: "unsupported" };
    show();
    return;
  }
  video.addEventListener("error", () => tell({ type: "failed", cause: "media", status: 0 }));
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) tell({ type: "wake", behind: past.behind });
  });
  window.addEventListener("online", () => tell({ type: "wake", behind: past.behind }));
  onKeys({ sound, screen, captions, gate: part("gate"), volume: part("volume") });
  setInterval(tick, TICK_MS);
  lookForDocuments(handed, () => recovery.phase === "playing");
}

start();
