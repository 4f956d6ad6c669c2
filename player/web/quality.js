// The list of qualities: left to the line, or one rung by hand.
import { label, say } from "./words.js";

export class Quality {
  constructor(select, engine) {
    this.select = select;
    this.engine = engine;
    this.listed = "";
    select.addEventListener("change", () => engine().choose(this.chosen()));
  }

  chosen() {
    const option = this.select.selectedOptions[0];
    const { height, bitrate, codec } = option.dataset;
    return option.value === "auto" ? null : { height: Number(height), bitrate: Number(bitrate), codec };
  }

  /** Lists what the channel offers now and says what is shown now. Of a ladder in two codecs, the one in play. */
  show() {
    const { levels, level } = this.engine();
    this.select.hidden = levels.length === 0;
    const now = levels[level];
    const offered = now ? levels.filter(({ codec }) => codec === now.codec) : levels;
    const rungs = offered.map(({ height, bitrate, codec }) => `${height}/${bitrate}/${codec}`).join(" ");
    if (rungs !== this.listed) this.list(offered, rungs);
    const auto = this.select.options[0];
    if (now && now.height) say(auto, "quality_auto_now", { height: now.height });
    else say(auto, "quality_auto");
  }

  list(levels, rungs) {
    const before = this.select.value;
    while (this.select.options.length > 1) this.select.remove(1);
    const best = [...levels].sort((a, b) => b.height - a.height || b.bitrate - a.bitrate);
    for (const rung of best) {
      const alike = levels.filter(({ height }) => height === rung.height).length > 1;
      this.select.add(this.option(rung, alike));
    }
    this.select.value = before;
    if (this.select.selectedIndex < 0) this.select.value = "auto";
    this.listed = rungs;
    label(this.select, "quality");
  }

  /** One rung; rungs of one size (`alike`) are told apart by their rate. */
  option({ height, bitrate, codec }, alike) {
    const option = document.createElement("option");
    option.value = `${height}/${bitrate}`;
    option.dataset.height = height;
    option.dataset.bitrate = bitrate;
    option.dataset.codec = codec;
    const mbps = (bitrate / 1e6).toFixed(1);
    if (height && alike) say(option, "quality_level_rate", { height, mbps });
    else if (height) say(option, "quality_level", { height });
    else say(option, "bandwidth", { mbps });
    return option;
  }
}
