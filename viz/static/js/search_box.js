// A field that suggests entities as one types: the search box of the bar, the ends of a path.

import { getJson } from "./api.js";
import { h, word } from "./dom.js";

const PAUSE = 120;

/** Where the page of an entity is. */
export function pageOf(kind, id) {
  return `/${kind === "policy" ? "policies" : `${kind}s`}/${encodeURIComponent(id)}`;
}

function row(hit, id) {
  const how = word("how")[hit.how] ?? hit.how;
  return h(
    "li",
    { role: "option", id, "aria-selected": "false" },
    h("span", { class: "tag" }, hit.kind_name),
    h("bdi", { class: "name" }, hit.name),
    h("span", { class: "how" }, hit.matched === hit.name ? how : [how, " ", h("bdi", {}, hit.matched)]),
    h("span", { class: "about" }, h("bdi", {}, hit.about)),
  );
}

/**
 * Lets an input suggest entities in a list. `pick(hit)` is called with the one chosen; `all(text)`, where given, with the
 * text when all hits are asked for. The first hit is chosen unless the arrows choose another.
 */
export function startSearchBox(input, list, pick, all = null) {
  let hits = [];
  let answered = null;
  let chosen = -1;
  let timer = 0;
  let asking = null;
  let waiting = null;

  function close() {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function choose(number) {
    chosen = number;
    [...list.querySelectorAll('[role="option"]')].forEach((each, at) => {
      each.setAttribute("aria-selected", String(at === number));
      if (at === number) {
        input.setAttribute("aria-activedescendant", each.id);
        each.scrollIntoView({ block: "nearest" });
      }
    });
  }

  function show(found) {
    const rows = hits.map((hit, at) => {
      const made = row(hit, `${list.id}-${at}`);
      made.addEventListener("click", () => take(at));
      return made;
    });
    if (all && hits.length) {
      const more = h("li", { role: "option", id: `${list.id}-all`, class: "all", "aria-selected": "false" }, `${word("all_hits")} (${found})`);
      more.addEventListener("click", () => take(hits.length));
      rows.push(more);
    }
    list.replaceChildren(...(rows.length ? rows : [h("li", { class: "none" }, word("nothing_found"))]));
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    choose(hits.length ? 0 : -1);
  }

  function take(number) {
    close();
    if (number < hits.length) pick(hits[number]);
    else if (all) all(input.value.trim());
  }

  async function ask() {
    clearTimeout(timer);
    asking?.abort();
    const text = input.value.trim();
    // Nothing but punctuation finds nothing.
    if (!/[\p{L}\p{N}]/u.test(text)) {
      answered = null;
      hits = [];
      close();
      return;
    }
    const own = new AbortController();
    asking = own;
    try {
      const report = await getJson("/api/search", { q: text, top: 8 }, own.signal);
      answered = text;
      hits = report.hits;
      show(report.found);
      if (waiting === text && hits.length) take(0);
    } catch (error) {
      if (error.name === "AbortError") return;
      answered = null;
      hits = [];
      list.replaceChildren(h("li", { class: "none" }, error.message));
      list.hidden = false;
    }
    waiting = null;
  }

  function later() {
    waiting = null;
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  }

  input.addEventListener("input", (event) => {
    if (!event.isComposing) later();
  });
  input.addEventListener("compositionend", later);
  input.addEventListener("focus", () => {
    if (answered !== null && answered === input.value.trim() && hits.length) list.hidden = false;
  });
  input.addEventListener("blur", close);
  // The click is to come before the list goes.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  input.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229) return;
    const many = hits.length + (all && hits.length ? 1 : 0);
    if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && many) {
      event.preventDefault();
      if (list.hidden) {
        list.hidden = false;
        input.setAttribute("aria-expanded", "true");
      } else choose((chosen + (event.key === "ArrowDown" ? 1 : many - 1)) % many);
    } else if (event.key === "Enter") {
      const text = input.value.trim();
      if (answered === text && !list.hidden && chosen >= 0) {
        event.preventDefault();
        take(chosen);
      } else if (answered !== text && /[\p{L}\p{N}]/u.test(text)) {
        // Typed faster than answered: the first hit is taken as soon as it is known.
        event.preventDefault();
        waiting = text;
        ask();
      }
    }
  });
}
