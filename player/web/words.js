// The catalogue in the page: the same file that the server renders from, and the switch between its languages.
import catalogue from "./strings.json";

/** The entry of `key` in the page's language, with {names} filled in. */
export function word(key, values = {}) {
  const text = catalogue[key][language()];
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

export function language() {
  return document.documentElement.lang === "en" ? "en" : "vi";
}

/** Shows the entry of `key` in an element, and again when the language changes. */
export function say(element, key, values = {}) {
  const text = word(key, values);
  element.dataset.t = key;
  element.dataset.values = JSON.stringify(values);
  if (element.textContent !== text) element.textContent = text; // a live region is read aloud for each change
}

/** Names a control for screen readers and as a tooltip. */
export function label(element, key) {
  element.dataset.tLabel = key;
  element.setAttribute("aria-label", word(key));
  if (element.title) element.title = word(key);
}

/** Makes the language links work without loading the page anew, which would stop the picture. */
export function switchInPlace() {
  for (const link of document.querySelectorAll(".language a")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      turnTo(link.hreflang);
    });
  }
}

function turnTo(chosen) {
  document.documentElement.lang = chosen;
  const address = new URL(location.href);
  address.searchParams.set("lang", chosen);
  history.replaceState(null, "", address);
  for (const link of document.querySelectorAll(".language a")) {
    if (link.hreflang === chosen) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
  for (const home of document.querySelectorAll("a.home")) home.search = chosen === "vi" ? "" : `?lang=${chosen}`;
  for (const element of document.querySelectorAll("[data-t]")) {
    say(element, element.dataset.t, JSON.parse(element.dataset.values || "{}"));
  }
  for (const element of document.querySelectorAll("[data-t-label]")) label(element, element.dataset.tLabel);
}
