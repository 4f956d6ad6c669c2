// The button of the captions. Hidden where there are none; off until the viewer wants them.

export class Captions {
  constructor(button, engine) {
    this.button = button;
    this.engine = engine;
    button.addEventListener("click", () => this.toggle());
  }

  toggle() {
    if (this.button.hidden) return;
    this.engine().caption(!this.engine().captioned);
    this.show();
  }

  show() {
    const { captions, captioned } = this.engine();
    this.button.hidden = captions.length === 0;
    this.button.setAttribute("aria-pressed", String(captioned));
  }
}
