// What was to be seen at a moment, above the place on the bar that stands for it. Loads nothing before somebody looks.
import { spriteAt, spritesOf } from "./sprites.js";

/** The list grows by one picture in so many ms. */
const FRESH_MS = 10_000;
/** An encrypted channel has no pictures: the list is asked for again after so many ms. */
const NONE_MS = 60_000;

export class Glimpse {
  /** `box` holds a `view` with an `img`, and a line of words. `list` is the address of the pictures' list. */
  constructor({ box, view, words }, list) {
    this.box = box;
    this.view = view;
    this.image = view.querySelector("img");
    this.words = words;
    this.list = list;
    this.at = list; // where it was found: an invited site is led on to its own address
    this.sprites = [];
    this.askAgain = 0;
    this.moment = null;
    this.fraction = 0;
  }

  /** Shows a moment in ms since the epoch, null when it is not known, at a fraction of the bar. */
  show(moment, fraction, words) {
    this.moment = moment;
    this.fraction = fraction;
    this.box.hidden = false;
    this.words.textContent = words;
    this.draw();
    this.load();
  }

  hide() {
    this.moment = null;
    this.box.hidden = true;
  }

  draw() {
    const sprite = this.moment === null ? null : spriteAt(this.sprites, this.moment / 1000);
    this.view.hidden = sprite === null;
    if (sprite !== null) this.cut(sprite);
    const room = this.box.parentElement.clientWidth;
    const half = this.box.offsetWidth / 2;
    this.box.style.left = `${Math.max(half, Math.min(room - half, this.fraction * room))}px`;
  }

  cut(sprite) {
    const address = new URL(sprite.file, this.at).href;
    if (this.image.src !== address) this.image.src = address;
    this.view.style.width = `${sprite.width}px`;
    this.view.style.height = `${sprite.height}px`;
    this.image.style.transform = `translate(${-sprite.x}px, ${-sprite.y}px)`;
  }

  load() {
    if (performance.now() < this.askAgain) return;
    this.askAgain = performance.now() + FRESH_MS;
    fetch(this.list).then((answer) => {
      this.at = answer.url;
      if (!answer.ok) this.askAgain = performance.now() + NONE_MS;
      return answer.ok ? answer.text() : "";
    }).then((text) => {
      this.sprites = spritesOf(text);
      if (!this.box.hidden) this.draw();
    }).catch(() => {}); // the time alone is shown, and the list asked for again
  }
}
