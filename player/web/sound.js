// Starting with sound where the browser allows it, muted with a button where it does not, and the viewer's controls of it.
import { label, say } from "./words.js";

export class Sound {
  constructor(video, parts) {
    this.video = video;
    this.parts = parts;
    this.pausedByViewer = false;
    this.blocked = null; // null, "sound" (playing muted) or "play" (not playing at all): what the gate asks for
    parts.gate.addEventListener("click", () => this.open());
    parts.mute.addEventListener("click", () => this.toggle());
    parts.volume.addEventListener("input", () => this.set(parts.volume.valueAsNumber / 100));
    video.addEventListener("volumechange", () => this.show());
    this.obeyMediaKeys();
    this.show();
  }

  /** Plays, with sound if the browser allows that before a click. */
  async start() {
    if (this.pausedByViewer || !this.video.paused) return;
    try {
      await this.video.play();
      if (this.blocked === "play") this.ask(null);
    } catch (error) {
      if (error.name === "NotAllowedError") await this.startMuted(); // anything else: recovery sees that nothing moves
    }
  }

  async startMuted() {
    if (this.video.muted) {
      this.ask("play");
      return;
    }
    this.video.muted = true;
    this.ask("sound");
    try {
      await this.video.play();
    } catch (error) {
      if (error.name === "NotAllowedError") this.ask("play");
    }
  }

  /** The viewer's click or Enter on the gate: picture and sound. */
  open() {
    this.ask(null);
    this.pausedByViewer = false;
    this.video.muted = false;
    this.start();
  }

  ask(what) {
    const { gate, gateWords } = this.parts;
    const shown = what !== null && gate.hidden;
    this.blocked = what;
    gate.hidden = what === null;
    gate.dataset.asks = what || "";
    gate.parentElement.dataset.asks = what || "";
    if (what !== null) say(gateWords, what === "sound" ? "sound_on" : "watch");
    if (shown) gate.focus({ preventScroll: true }); // so that Enter is enough
  }

  toggle() {
    if (this.video.muted && this.video.volume === 0) this.video.volume = 0.5;
    this.video.muted = !this.video.muted;
    if (this.blocked === "sound") this.ask(null);
  }

  set(volume) {
    this.video.volume = Math.min(1, Math.max(0, volume));
    this.video.muted = this.video.volume === 0;
    if (this.blocked === "sound") this.ask(null);
  }

  show() {
    const { mute, volume } = this.parts;
    const silent = this.video.muted || this.video.volume === 0;
    mute.setAttribute("aria-pressed", String(silent));
    label(mute, silent ? "unmute" : "mute");
    volume.value = String(silent ? 0 : Math.round(this.video.volume * 100));
  }

  obeyMediaKeys() {
    const { mediaSession } = navigator;
    if (!mediaSession) return;
    mediaSession.setActionHandler("pause", () => {
      this.pausedByViewer = true;
      this.video.pause();
      this.ask("play");
    });
    mediaSession.setActionHandler("play", () => this.open());
  }
}
