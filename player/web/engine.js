// hls.js behind the five actions of recovery.js. `tell` gets recovery's events; `changed`: levels, sounds or
// captions changed.
import Hls from "hls.js";

import { bufferedEnd, remind } from "./parts.js";
import { sinceOf } from "./since.js";

/** The engine for this browser, or null when it can play nothing. */
export function engineFor(video, source, hooks) {
  // Some browsers claim to play HLS by themselves and do it badly, so hls.js comes first.
  if (Hls.isSupported()) return new HlsEngine(video, source, hooks);
  if (video.canPlayType("application/vnd.apple.mpegurl")) return new NativeEngine(video, source, hooks);
  return null;
}

/** A server that begins anew is back within seconds: ask often, before it counts as a failure of the page's own. */
const OFTEN = { maxNumRetry: 6, retryDelayMs: 500, maxRetryDelayMs: 1000 };

/** What hls.js looks for, and finds again after a reload: a channel has one rendition of captions. */
const ANY_CAPTIONS = { forced: false };

/** hls.js's own rules of loading, but for errors, which it would try again after 1, 2, 4, then 8 s. */
function often(policy) {
  return { default: { ...policy.default, errorRetry: OFTEN } };
}

function configOf(source) {
  return {
    lowLatencyMode: true,
    // Faster play makes up for a short stall. The target itself comes from the playlist's PART-HOLD-BACK or HOLD-BACK:
    // any liveSyncDuration* or liveMaxLatency* here would override the server's word.
    maxLiveSyncPlaybackRate: 1.08,
    backBufferLength: 30, // a page that stays open for days must not keep it all
    enableWorker: true,
    workerPath: source.worker,
    // A thin line: begin on a low rung after a guess of 1 Mb/s rather than wait for a high one.
    abrEwmaDefaultEstimate: 1_000_000,
    playlistLoadPolicy: often(Hls.DefaultConfig.playlistLoadPolicy),
    fragLoadPolicy: often(Hls.DefaultConfig.fragLoadPolicy),
  };
}

class HlsEngine {
  constructor(video, source, hooks) {
    this.video = video;
    this.source = source;
    this.hooks = hooks;
    this.height = null; // chosen by hand; survives a new engine
    this.heard = null; // so does the sound
    this.captioned = false; // and whether captions are shown
    this.since = 0; // ms since the epoch: nothing of before is there for this viewer
    this.create();
  }

  create() {
    const subtitlePreference = this.captioned ? ANY_CAPTIONS : undefined;
    const hls = new Hls({ ...configOf(this.source), audioPreference: this.heard || undefined, subtitlePreference });
    this.hls = hls;
    hls.on(Hls.Events.ERROR, (_, data) => this.failed(data));
    hls.on(Hls.Events.MANIFEST_PARSED, () => this.parsed());
    hls.on(Hls.Events.LEVEL_SWITCHED, () => this.hooks.changed());
    hls.on(Hls.Events.LEVEL_LOADED, (_, data) => {
      this.since = sinceOf(data.details.url);
      this.hooks.tell({ type: "loaded" });
      this.hooks.answered(data.networkDetails, data.stats.loading.first);
    });
    hls.on(Hls.Events.LEVEL_UPDATED, (_, { details }) => this.remind(details.partList, "video"));
    hls.on(Hls.Events.AUDIO_TRACK_UPDATED, (_, { details }) => this.remind(details.partList, "audio"));
    hls.on(Hls.Events.AUDIO_TRACKS_UPDATED, () => this.hooks.changed());
    hls.on(Hls.Events.AUDIO_TRACK_SWITCHING, () => this.hooks.changed());
    hls.on(Hls.Events.SUBTITLE_TRACKS_UPDATED, () => this.hooks.changed());
    hls.on(Hls.Events.AUDIO_TRACK_LOADED, (_, data) => this.hooks.answered(data.networkDetails, data.stats.loading.first));
    hls.on(Hls.Events.FRAG_LOADED, (_, { frag, part, networkDetails }) => {
      this.hooks.tell({ type: "loaded" });
      this.hooks.answered(networkDetails, (part || frag).stats.loading.first);
    });
    hls.loadSource(this.source.playlist);
    hls.attachMedia(this.video);
  }

  parsed() {
    this.choose(this.height);
    this.hooks.changed();
    this.hooks.ready();
  }

  remind(parts, kind) {
    remind(parts, bufferedEnd(this.video.buffered, this.video.currentTime), kind);
  }

  failed(data) {
    this.hooks.erred(data.details, data.fatal);
    if (!data.fatal) return;
    const ofPlaylist = /^(manifest|level|audioTrack|subtitle)/.test(data.details);
    const status = ofPlaylist && data.response ? data.response.code : 0;
    this.hooks.tell({ type: "failed", cause: causeOf(data), status });
  }

  act(action) {
    const { hls } = this;
    if (action === "live") this.jump();
    else if (action === "resume") hls.startLoad();
    else if (action === "recover") hls.recoverMediaError();
    else if (action === "reload") hls.loadSource(this.source.playlist);
    else if (action === "recreate") {
      hls.destroy();
      this.create();
    }
  }

  jump() {
    const edge = this.hls.liveSyncPosition;
    if (edge !== null && Number.isFinite(edge)) this.video.currentTime = edge;
  }

  /** Seconds behind where the playlist says that a player should be, or null; hls.js itself sets where play begins. */
  get behind() {
    if (this.video.played.length === 0) return null;
    const edge = this.hls.liveSyncPosition;
    return edge === null || !Number.isFinite(edge) ? null : edge - this.video.currentTime;
  }

  /** Server time of the picture shown, in ms since the epoch, or null. */
  get playingDate() {
    const date = this.hls.playingDate;
    return date === null ? null : date.getTime();
  }

  get edgeLatency() {
    return this.hls.latency;
  }

  get levels() {
    return this.hls.levels.map(({ height, bitrate, codecSet }) => ({ height, bitrate, codec: codecSet }));
  }

  get level() {
    return this.hls.currentLevel;
  }

  /** Plays the level of this height, bitrate and codec from the next fragment on; null leaves the choice to the line. */
  choose(wanted) {
    this.height = wanted;
    const index = wanted === null ? -1 : this.hls.levels.findIndex((level) => (
      level.height === wanted.height && level.bitrate === wanted.bitrate && level.codecSet === wanted.codec));
    this.hls.nextLevel = index; // -1 also when the ladder has changed and the rung is gone
  }

  /** The sound tracks, as their channel calls them. */
  get sounds() {
    return this.hls.audioTracks.map(({ name, lang }) => ({ name, lang: lang || "" }));
  }

  get sound() {
    return this.hls.audioTrack;
  }

  /** Plays the sound track of this name and language, also after a reload. */
  hear(wanted) {
    this.heard = wanted;
    this.hls.setAudioOption(wanted);
  }

  /** The captions, as their channel calls them. */
  get captions() {
    return this.hls.subtitleTracks.map(({ name, lang }) => ({ name, lang: lang || "" }));
  }

  /** Shows captions or takes them away, also after a reload. */
  caption(wanted) {
    this.captioned = wanted;
    this.hls.setSubtitleOption(wanted ? ANY_CAPTIONS : undefined);
    if (!wanted) this.hls.subtitleTrack = -1;
  }
}

function causeOf(data) {
  if (/^manifest/.test(data.details)) return "manifest";
  if (data.type === Hls.ErrorTypes.NETWORK_ERROR) return "network";
  return data.type === Hls.ErrorTypes.MEDIA_ERROR ? "media" : "other";
}

/** The browser's own player, for those without Media Source Extensions (iOS before 17.1). */
class NativeEngine {
  constructor(video, source, hooks) {
    this.video = video;
    this.source = source;
    this.hooks = hooks;
    this.levels = [];
    this.level = -1;
    this.edgeLatency = 0;
    this.captioned = false;
    this.since = 0;
    video.addEventListener("progress", () => hooks.tell({ type: "loaded" }));
    video.textTracks.addEventListener("addtrack", () => {
      this.caption(this.captioned);
      hooks.changed();
    });
    if (video.audioTracks) video.audioTracks.addEventListener("addtrack", () => hooks.changed());
    this.act("reload");
  }

  act(action) {
    if (action === "live") this.jump();
    else if (action !== "resume") {
      this.video.src = this.source.playlist;
      this.learn();
      this.hooks.ready();
    }
  }

  /** Asks for what the browser has asked for too, and tells nobody: from when on there is something to see. */
  async learn() {
    try {
      this.since = sinceOf(await (await fetch(this.source.playlist)).text());
    } catch {
      this.since = 0;
    }
  }

  jump() {
    const { seekable } = this.video;
    if (seekable.length > 0) this.video.currentTime = seekable.end(seekable.length - 1);
  }

  get behind() {
    const { seekable, currentTime } = this.video;
    return seekable.length > 0 ? seekable.end(seekable.length - 1) - currentTime : null;
  }

  get playingDate() {
    if (!this.video.getStartDate) return null;
    const start = this.video.getStartDate().getTime();
    return Number.isFinite(start) ? start + this.video.currentTime * 1000 : null;
  }

  choose() {}

  get sounds() {
    return [...(this.video.audioTracks || [])].map(({ label, language }) => ({ name: label, lang: language }));
  }

  get sound() {
    return [...(this.video.audioTracks || [])].findIndex(({ enabled }) => enabled);
  }

  hear(wanted) {
    for (const track of this.video.audioTracks || []) {
      track.enabled = track.label === wanted.name && track.language === wanted.lang;
    }
  }

  get captions() {
    return this.subtitles.map(({ label, language }) => ({ name: label, lang: language }));
  }

  caption(wanted) {
    this.captioned = wanted;
    for (const track of this.subtitles) track.mode = wanted ? "showing" : "disabled";
  }

  get subtitles() {
    return [...this.video.textTracks].filter(({ kind }) => kind === "subtitles" || kind === "captions");
  }
}
