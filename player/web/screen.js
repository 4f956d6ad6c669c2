// Full screen: the picture with its bar, which hides while nobody moves the mouse or presses a key.
import { label } from "./words.js";

const HIDE_AFTER_MS = 3000;

export class Screen {
  constructor(stage, button, video) {
    this.stage = stage;
    this.button = button;
    this.video = video;
    this.timer = null;
    button.addEventListener("click", () => this.toggle());
    video.addEventListener("dblclick", () => this.toggle());
    document.addEventListener("fullscreenchange", () => this.show());
    for (const kind of ["pointermove", "pointerdown", "keydown"]) document.addEventListener(kind, () => this.wake());
  }

  toggle() {
    if (document.fullscreenElement) document.exitFullscreen();
    else if (this.stage.requestFullscreen) this.stage.requestFullscreen().catch(() => {});
    else if (this.video.webkitEnterFullscreen) this.video.webkitEnterFullscreen(); // iPhones know no other
  }

  show() {
    label(this.button, document.fullscreenElement ? "fullscreen_leave" : "fullscreen");
    this.wake();
  }

  wake() {
    this.stage.classList.remove("idle");
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.stage.classList.add("idle"), HIDE_AFTER_MS);
  }
}
