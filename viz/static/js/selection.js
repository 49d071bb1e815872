// The link that is selected and what is filtered, shared by map, graph, table and panel; both stand in the URL.

import { asked, tell } from "./address.js";

const KNOWN = {
  status: ["missing", "claimed", "planned", "thin", "covered", "no_data", "leader"],
  stage: ["upstream", "midstream", "downstream"],
  move: ["strengthen", "fill", "extend", "build"],
};
const SETS = Object.keys(KNOWN);
const listeners = new Set();
let state = read();

function read() {
  const told = (name) => new Set((asked(name) || "").split(",").filter((value) => KNOWN[name].includes(value)));
  return {
    link: asked("link") || null,
    filters: { status: told("status"), stage: told("stage"), move: told("move"), q: asked("q") || "" },
  };
}

function announce() {
  for (const listener of [...listeners]) listener(state);
}

function filtersAsParameters(filters) {
  const told = { q: filters.q.trim() };
  for (const name of SETS) told[name] = [...filters[name]].sort().join(",");
  return told;
}

/** What is selected and filtered. A set that is empty filters nothing. */
export const selection = {
  /** {link: id or null, filters: {status, stage, move: Sets, q: text}} */
  get: () => state,

  /** Selects a link (null: none); "back" returns to the one before. */
  select(link) {
    if ((link || null) === state.link) return;
    state = { ...state, link: link || null };
    tell({ link: state.link }, true);
    announce();
  },

  /** Sets some of the filters: {status: Set, stage: Set, move: Set, q: text}. */
  filter(changed) {
    state = { ...state, filters: { ...state.filters, ...changed } };
    tell(filtersAsParameters(state.filters));
    announce();
  },

  /** Adds a value to one of the sets, or takes it out. */
  toggle(name, value) {
    const changed = new Set(state.filters[name]);
    if (!changed.delete(value)) changed.add(value);
    selection.filter({ [name]: changed });
  },

  /** Calls `listener(state)` after every change; answers a function that ends this. */
  subscribe(listener) {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};

/** Whether the filters let an item through: {status, stage, move, text}; `text` is searched for `q`. */
export function shows(filters, item) {
  const passes = SETS.every((name) => filters[name].size === 0 || filters[name].has(item[name] || ""));
  const q = filters.q.trim().toLowerCase();
  return passes && (!q || (item.text || "").toLowerCase().includes(q));
}

/** Whether anything is filtered. */
export function isFiltered(filters) {
  return SETS.some((name) => filters[name].size > 0) || filters.q.trim() !== "";
}

/** The filters as parameters of a URL. */
export function parameters() {
  return filtersAsParameters(state.filters);
}

addEventListener("popstate", () => {
  state = read();
  announce();
});
