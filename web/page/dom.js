/**
 * An element with its attributes and children. Text is text, whatever is in it.
 *
 * @param {string} tag @param {Record<string, any>} [attributes] @param {...any} children @returns {HTMLElement}
 */
function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== undefined && value !== null) element.setAttribute(name, String(value));
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** @param {string} id @returns {HTMLElement} */
const byId = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

/** Says something to those who do not see the page. @param {string} text */
function say(text) {
  byId("said").textContent = text;
}

/** @param {number} n @param {string} one */
const plural = (n, one) => `${n} ${one}${n === 1 ? "" : "s"}`;

/** @param {number} seconds */
function clock(seconds) {
  const t = Math.round(seconds), hours = Math.floor(t / 3600), minutes = Math.floor(t / 60) % 60;
  const two = (/** @type {number} */ n) => String(n).padStart(2, "0");
  return hours > 0 ? `${hours}:${two(minutes)}:${two(t % 60)}` : `${minutes}:${two(t % 60)}`;
}

/** Offers a file for saving. @param {Blob} blob @param {string} name */
function save(blob, name) {
  const address = URL.createObjectURL(blob);
  h("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/** The three parts of an error. @param {{ message: string, cause: string, hint: string }} error */
function problem(error) {
  const part = (/** @type {string} */ name, /** @type {string} */ text) => text && h("div", {}, h("dt", {}, name), h("dd", {}, text));
  return h("div", { class: "card problem", role: "alert" }, h("dl", {}, part("error", error.message), part("cause", error.cause), part("hint", error.hint)));
}

/**
 * A report in a frame of its own, as tall as what is in it. Links lead where `follow` says.
 * @param {string} html @param {string} title
 */
function framed(html, title) {
  const frame = /** @type {HTMLIFrameElement} */ (h("iframe", { title, class: "report", sandbox: "allow-same-origin allow-scripts allow-modals" }));
  frame.addEventListener("load", () => {
    const inner = frame.contentDocument;
    if (!inner) return;
    const fit = () => { frame.style.height = `${Math.ceil(inner.documentElement.getBoundingClientRect().height) + 1}px`; };
    new ResizeObserver(fit).observe(inner.documentElement);
    fit();
    // Without this a file that is dropped on the report would take the place of the page.
    takeDrops(inner);
    inner.addEventListener("click", (event) => {
      const link = /** @type {Element} */ (event.target).closest?.("a");
      const to = link?.getAttribute("href");
      if (!to) return;
      event.preventDefault();
      if (to.startsWith("#/")) location.hash = to;
      else if (to.startsWith("#")) inner.getElementById(to.slice(1))?.scrollIntoView();
    });
  });
  frame.srcdoc = html;
  return frame;
}
