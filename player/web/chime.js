// Two tones, first from the left loudspeaker, then from the right: made here, so that nothing is fetched for them.

const TONES = [{ side: 0, hz: 660, from: 0 }, { side: 1, hz: 880, from: 0.8 }];
const LASTS = 0.6;
const FADE = 0.03; // without it a tone begins and ends with a click
const LOUD = 0.25;

/** Plays them, after a click alone as browsers want it; true when they were played to their end. */
export async function chime() {
  const Context = window.AudioContext || window.webkitAudioContext;
  if (!Context) return false;
  const context = new Context();
  try {
    if (context.state === "suspended") await context.resume();
    const sides = context.createChannelMerger(2);
    sides.connect(context.destination);
    const ends = TONES.map((tone) => play(context, sides, tone));
    await ends[ends.length - 1];
    return true;
  } catch {
    return false;
  } finally {
    context.close();
  }
}

function play(context, sides, { side, hz, from }) {
  const oscillator = context.createOscillator();
  const gain = context.createGain();
  const begin = context.currentTime + 0.05 + from;
  oscillator.frequency.value = hz;
  gain.gain.setValueAtTime(0, begin);
  gain.gain.linearRampToValueAtTime(LOUD, begin + FADE);
  gain.gain.setValueAtTime(LOUD, begin + LASTS - FADE);
  gain.gain.linearRampToValueAtTime(0, begin + LASTS);
  oscillator.connect(gain);
  gain.connect(sides, 0, side);
  oscillator.start(begin);
  oscillator.stop(begin + LASTS);
  return new Promise((resolve) => { oscillator.onended = resolve; });
}
