// Keys that work wherever the focus is, unless the control that has it uses them itself.

export function onKeys({ sound, screen, captions, gate, volume }) {
  const actions = {
    m: () => sound.toggle(),
    f: () => screen.toggle(),
    c: () => captions.toggle(),
    ArrowUp: () => sound.set(volume.valueAsNumber / 100 + 0.05),
    ArrowDown: () => sound.set(volume.valueAsNumber / 100 - 0.05),
    Enter: () => { if (!gate.hidden) sound.open(); },
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.target.closest("input, select")) return;
    if (event.key === "Enter" && event.target.closest("a, button")) return;
    const action = actions[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!action) return;
    event.preventDefault();
    action();
  });
}
