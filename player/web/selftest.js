// A site tries picture, line and sound before a meeting, and its organiser hears how that went.
import { chime } from "./chime.js";
import { measure } from "./line.js";
import { faultsOf, mbps, moves, needed, telling } from "./verdict.js";
import { language, say } from "./words.js";

const SENTENCES = { picture: "test_fault_picture", sound: "test_fault_sound", rate: "test_fault_rate" };
const LOOK_MS = 2000;
const PATIENCE_MS = 8000;

export class SelfTest {
  /** `page` has the video, `start()`, which plays with sound, `phase()` and `levels()`. */
  constructor(parts, page) {
    this.parts = parts;
    this.page = page;
    if (!parts.start) return; // whoever needs no link has nobody to tell
    parts.start.addEventListener("click", () => this.run());
    parts.again.addEventListener("click", () => this.hear());
    parts.heard.addEventListener("click", () => this.answered(true));
    parts.unheard.addEventListener("click", () => this.answered(false));
    parts.close.addEventListener("click", () => this.show(false));
  }

  async run() {
    const { start, steps, asks, close, sound, picture, line } = this.parts;
    start.disabled = true;
    this.page.start();
    this.show(true);
    asks.hidden = true;
    close.hidden = true;
    steps.hidden = false;
    this.clear();
    for (const step of [picture, line, sound]) say(step, "test_waits");
    say(picture, "test_tries");
    const moving = await this.picture();
    say(picture, moving ? "test_good" : "test_bad");
    say(line, "test_tries");
    const rate = await measure(this.parts.panel.dataset.measure);
    const need = needed(this.page.levels());
    say(line, "test_rate", { rate: mbps(rate, language()), need: mbps(need, language()) });
    this.found = { picture: moving, rate, need };
    start.disabled = false;
    await this.hear();
  }

  /** Whether the picture moves, a while after it was asked to. */
  async picture() {
    for (let waited = 0; this.page.phase() !== "playing" && waited < PATIENCE_MS; waited += 250) await later(250);
    const before = this.frames();
    await later(LOOK_MS);
    return moves(before, this.frames(), LOOK_MS);
  }

  frames() {
    const { video } = this.page;
    if (video.getVideoPlaybackQuality) return video.getVideoPlaybackQuality().totalVideoFrames;
    return video.currentTime * 25; // an old browser counts none: its clock stands for them
  }

  async hear() {
    const { sound, asks, again, heard, unheard } = this.parts;
    asks.hidden = false;
    say(sound, "test_listen");
    for (const button of [again, heard, unheard]) button.disabled = true;
    await chime();
    for (const button of [again, heard, unheard]) button.disabled = false;
    heard.focus();
  }

  async answered(sound) {
    const { asks, close } = this.parts;
    asks.hidden = true;
    say(this.parts.sound, sound ? "test_good" : "test_bad");
    const found = { ...this.found, sound };
    const faults = faultsOf(found);
    const values = { rate: mbps(found.rate, language()), need: mbps(found.need, language()) };
    this.clear();
    this.add(faults.length ? faults.map((fault) => SENTENCES[fault]) : ["test_ready"], values);
    this.parts.panel.dataset.state = faults.length ? "bad" : "good";
    close.hidden = false;
    close.focus();
    this.add([await this.tell(found)]);
  }

  async tell(found) {
    try {
      const { status } = await fetch(telling(this.parts.panel.dataset.told, found), { cache: "no-store" });
      if (status === 204) return "test_told";
      return status === 404 ? "test_nothing_on" : "test_untold";
    } catch {
      return "test_untold";
    }
  }

  add(keys, values) {
    for (const key of keys) {
      const sentence = document.createElement("p");
      say(sentence, key, values);
      this.parts.result.appendChild(sentence);
    }
  }

  clear() {
    this.parts.result.textContent = "";
    delete this.parts.panel.dataset.state;
  }

  show(shown) {
    this.parts.panel.hidden = !shown;
    if (!shown) this.parts.start.focus();
  }
}

function later(ms) {
  return new Promise((resolve) => { setTimeout(resolve, ms); });
}
