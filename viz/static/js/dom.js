// The page's own data, and elements made without ever reading text as HTML.

const element = document.getElementById("page-data");
export const pageData = element ? JSON.parse(element.textContent) : { lang: "zh", csrf: "", asked: {}, page: {}, words: {} };

/** A word of the page in its language; the key where the page brings none. */
export function word(key) {
  return pageData.words[key] ?? key;
}

/** An element: `attributes` as they stand, functions as listeners (onclick: f), children as text or elements. */
export function h(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") made.addEventListener(name.slice(2), value);
    else made.setAttribute(name, value === true ? "" : String(value));
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return made;
}

export const $ = (selector, within = document) => within.querySelector(selector);
export const $$ = (selector, within = document) => [...within.querySelectorAll(selector)];

/** Says something for a few seconds; what went wrong stays longer. */
export function toast(text, bad = false) {
  const shown = h("div", { class: bad ? "toast bad" : "toast" }, text);
  document.getElementById("toasts")?.append(shown);
  setTimeout(() => shown.remove(), bad ? 8000 : 3500);
}
