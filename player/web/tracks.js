// The list of sound tracks: the original and its interpretations. Hidden while there is no choice.

export class Tracks {
  constructor(select, engine) {
    this.select = select;
    this.engine = engine;
    this.listed = "";
    select.addEventListener("change", () => engine().hear(this.chosen()));
  }

  chosen() {
    const { name, lang } = this.select.selectedOptions[0].dataset;
    return { name, lang };
  }

  /** Lists what the channel offers now and marks what is heard now. */
  show() {
    const { sounds, sound } = this.engine();
    this.select.hidden = sounds.length < 2;
    const offered = sounds.map(({ name, lang }) => `${lang} ${name}`).join("\n");
    if (offered !== this.listed) this.list(sounds, offered);
    this.select.selectedIndex = sound;
  }

  list(sounds, offered) {
    while (this.select.options.length > 0) this.select.remove(0);
    for (const { name, lang } of sounds) this.select.add(optionOf(name, lang));
    this.listed = offered;
  }
}

/** A track is called what its channel calls it, in its own language: no entry of the catalogue. */
function optionOf(name, lang) {
  const option = document.createElement("option");
  option.textContent = name;
  option.lang = lang;
  option.dataset.name = name;
  option.dataset.lang = lang;
  return option;
}
