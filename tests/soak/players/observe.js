// Watches the page's video from now on; `window.seen()` tells what it saw.
() => {
  const EVERY_MS = 250;
  const STILL = 3; // so many looks without a step are a picture that stands
  const video = document.querySelector("video");
  const told = () => (window.xacast ? window.xacast.stats() : window.shown());
  const first = video.getVideoPlaybackQuality();
  const began = performance.now();
  const seen = { waits: 0, stills: 0, played: 0, latencies: [] };
  let last = video.currentTime;
  let still = 0;
  video.addEventListener("waiting", () => { seen.waits += 1; });
  setInterval(() => {
    const step = video.currentTime - last;
    last += step;
    still = step === 0 ? still + 1 : 0;
    if (still === STILL) seen.stills += 1;
    if (step > 0 && step < 2) seen.played += step; // a jump is no play
  }, EVERY_MS);
  setInterval(() => {
    const { playingDate } = told();
    if (playingDate !== null) seen.latencies.push((Date.now() - playingDate) / 1000);
  }, 1000);
  window.seen = () => {
    const now = video.getVideoPlaybackQuality();
    return {
      ...seen,
      seconds: (performance.now() - began) / 1000,
      dropped: Math.max(0, now.droppedVideoFrames - first.droppedVideoFrames), // a page that begins anew counts anew
      told: told(),
    };
  };
}
