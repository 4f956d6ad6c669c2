// The bar on which a viewer goes back, and the button that brings him back to what is live. Live is where the page
// begins, and where it is again after anything that had to be mended.
import { say, word } from "./words.js";

/** Less than this is not worth a bar. */
const LEAST_S = 30;
/** So near to the oldest segment it may leave the playlist while it is loaded. */
const MARGIN_S = 20;
/** Nearer than this to the live place counts as live. */
const LIVE_S = 8;
/** Who moves the knob by keys sees for so many ms what is there. */
const LOOK_MS = 4000;
/** The browser's knob is about so wide: its middle does not reach the bar's ends. */
const KNOB_PX = 16;

export class Past {
  constructor(video, { row, bar, live }, glimpse, engine) {
    this.video = video;
    this.row = row;
    this.bar = bar;
    this.button = live;
    this.glimpse = glimpse;
    this.engine = engine;
    this.gone = false; // whether the viewer went back
    this.moving = false;
    this.timer = null;
    bar.addEventListener("input", () => this.moved());
    bar.addEventListener("change", () => this.chosen());
    bar.addEventListener("pointermove", (event) => this.pointed(event));
    bar.addEventListener("pointerleave", () => this.left());
    bar.addEventListener("blur", () => this.left());
    live.addEventListener("click", () => this.toLive());
  }

  toLive() {
    this.gone = false;
    this.bar.value = this.bar.max;
    this.engine().act("live");
    this.show();
  }

  /** Seconds behind the live place, for what looks whether a page has fallen behind: none that was chosen. */
  get behind() {
    return this.gone ? null : this.engine().behind;
  }

  /** Brings bar and button up to date; called often. */
  show() {
    const engine = this.engine();
    const behind = engine ? engine.behind : null;
    const span = behind === null ? 0 : this.span(behind);
    this.row.hidden = span < LEAST_S && !this.gone;
    if (behind !== null && behind < LIVE_S) this.gone = false;
    this.button.hidden = !this.gone;
    if (behind === null || this.moving || this.row.hidden) return;
    const step = Number(this.bar.step);
    this.bar.min = -Math.floor(span / step) * step;
    this.bar.value = this.gone ? -behind : 0;
    this.spell();
  }

  /** Seconds that can be gone back from the live place: to the oldest segment, and not to before what this viewer was
   * invited to, which is listed and not there. */
  span(behind) {
    const { seekable, currentTime } = this.video;
    if (seekable.length === 0) return 0;
    const { playingDate, since } = this.engine();
    const ago = since && playingDate !== null ? Math.max(0, playingDate - since) / 1000 : Infinity;
    return behind + Math.min(currentTime - seekable.start(0) - MARGIN_S, ago);
  }

  moved() {
    this.moving = true;
    this.spell();
    const room = this.bar.valueAsNumber - Number(this.bar.min);
    this.look(this.bar.valueAsNumber, room / -Number(this.bar.min));
  }

  chosen() {
    this.moving = false;
    const back = -this.bar.valueAsNumber;
    const { behind } = this.engine();
    if (back < LIVE_S) this.toLive();
    else if (behind !== null) {
      this.gone = true;
      this.video.currentTime += behind - back;
    }
    this.show();
    this.timer = setTimeout(() => this.left(), LOOK_MS);
  }

  pointed(event) {
    if (this.moving) return;
    const room = this.bar.clientWidth - KNOB_PX;
    const fraction = Math.max(0, Math.min(1, (event.offsetX - KNOB_PX / 2) / room));
    const step = Number(this.bar.step);
    this.look(Math.round((1 - fraction) * Number(this.bar.min) / step) * step, fraction); // where a click leads
  }

  left() {
    if (!this.moving) this.glimpse.hide();
  }

  /** Shows what was to be seen `seconds` from the live place (below 0). */
  look(seconds, fraction) {
    clearTimeout(this.timer);
    const { playingDate, behind } = this.engine();
    const known = playingDate !== null && behind !== null;
    const moment = known ? playingDate + (behind + seconds) * 1000 : null;
    const bar = this.bar.offsetLeft + KNOB_PX / 2 + fraction * (this.bar.clientWidth - KNOB_PX);
    const words = -seconds < LIVE_S || !known ? word("live") : clock(moment);
    this.glimpse.show(moment, bar / this.row.clientWidth, words);
  }

  /** Says for screen readers where the knob stands. */
  spell() {
    const back = Math.round(-this.bar.valueAsNumber);
    const values = { minutes: Math.floor(back / 60), seconds: back % 60 };
    const text = back < LIVE_S ? word("live") : word("ago", values);
    if (this.bar.getAttribute("aria-valuetext") !== text) this.bar.setAttribute("aria-valuetext", text);
  }

  /** Says in the bar below what is shown: that it is not live, and of when it is. */
  tell(badge, behind) {
    say(badge, "replay");
    const { playingDate } = this.engine();
    if (playingDate !== null) say(behind, "at", { time: clock(playingDate) });
  }
}

/** A time of the day, as this computer's clock would show it. */
function clock(moment) {
  const time = new Date(moment);
  return [time.getHours(), time.getMinutes(), time.getSeconds()].map((part) => String(part).padStart(2, "0")).join(":");
}
