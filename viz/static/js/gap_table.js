// A table of gaps as the server wrote it: sorted by its headers, filtered and selected together with the map.

import { asked, tell } from "./address.js";
import { url } from "./api.js";
import { $, $$ } from "./dom.js";
import { isFiltered, parameters, selection, shows } from "./selection.js";

/** Numbers are asked for from the largest down; the rest from its beginning. */
const LARGEST_FIRST = new Set(["need", "supply", "coverage", "value", "priority", "completeness"]);
const tables = new Set();

function keyOf(row, column) {
  const key = row.getAttribute(`data-sort-${column}`);
  return key === null || column === "name" ? key : Number(key);
}

/** Rows in the order of a column; what is unknown stands last either way, equals as the server had them. */
function inOrder(rows, sort) {
  if (!sort) return rows;
  const column = sort.replace(/^-/, "");
  const turned = sort.startsWith("-") ? -1 : 1;
  const known = rows.filter((row) => keyOf(row, column) !== null);
  known.sort((a, b) => {
    const [left, right] = [keyOf(a, column), keyOf(b, column)];
    return left === right ? 0 : turned * (left < right ? -1 : 1);
  });
  return [...known, ...rows.filter((row) => keyOf(row, column) === null)];
}

/** The order asked for; null where no head of a table offers it. */
function sortAsked() {
  const sort = asked("sort");
  const column = (sort || "").replace(/^-/, "");
  return $$(".gap-view button[data-sort]").some((button) => button.dataset.sort === column) ? sort : null;
}

function sortBy(column) {
  const first = LARGEST_FIRST.has(column) ? `-${column}` : column;
  const other = LARGEST_FIRST.has(column) ? column : `-${column}`;
  // First one way, then the other, then as the server ranks them.
  const next = { [first]: other, [other]: null };
  const now = asked("sort");
  tell({ sort: now in next ? next[now] : first });
  tables.forEach((arrange) => arrange());
}

/** Brings a table of gaps within `element` to life. */
export function startGapTable(element) {
  const view = element.closest(".gap-view") || $(".gap-view", element);
  if (!view) return;
  const parts = $$("tbody", view).map((body) => ({ body, rows: $$("tr[data-link]", body) }));
  const exports = $$("a[data-export]", view).map((link) => ({ link, path: new URL(link.href).pathname }));
  const find = $('input[data-filter="q"]', view);

  let arranged;

  function arrange() {
    const sort = sortAsked();
    // A row that is moved loses the focus: they move only for a new order.
    if (sort === arranged) return;
    arranged = sort;
    for (const { body, rows } of parts) body.append(...inOrder(rows, sort));
    for (const button of $$("button[data-sort]", view)) {
      const column = button.dataset.sort;
      const way = sort === column ? "ascending" : sort === `-${column}` ? "descending" : "none";
      button.closest("th").setAttribute("aria-sort", way);
    }
    addressExports();
  }

  function addressExports() {
    for (const { link, path } of exports) link.href = url(path, { ...parameters(), sort: sortAsked() });
  }

  function filter(filters) {
    let total = 0;
    for (const { body, rows } of parts) {
      const shown = rows.filter((row) => {
        row.hidden = !shows(filters, row.dataset);
        return !row.hidden;
      }).length;
      total += shown;
      body.hidden = shown === 0;
      for (const told of $$(`.counted[data-counts="${body.dataset.part}"] b`, view)) told.textContent = shown;
      for (const told of $$(".counted b", body)) told.textContent = shown;
    }
    for (const none of $$(".none-shown", view)) none.hidden = total > 0;
    for (const button of $$("button.chip", view)) {
      button.setAttribute("aria-pressed", String(filters[button.dataset.filter].has(button.dataset.value)));
    }
    for (const button of $$("[data-clear]", view)) button.hidden = !isFiltered(filters);
    if (find && find !== document.activeElement) find.value = filters.q;
    addressExports();
  }

  function mark(chosen) {
    for (const row of parts.flatMap((part) => part.rows)) {
      const here = row.dataset.link === chosen;
      if (here && row.getAttribute("aria-selected") !== "true") row.scrollIntoView({ block: "nearest" });
      row.setAttribute("aria-selected", String(here));
    }
  }

  function refresh(state) {
    arrange();
    filter(state.filters);
    mark(state.link);
  }

  function clicked(event) {
    const sorter = event.target.closest("button[data-sort]");
    const chip = event.target.closest("button.chip");
    const row = event.target.closest("tr[data-link]");
    if (sorter) sortBy(sorter.dataset.sort);
    else if (chip) selection.toggle(chip.dataset.filter, chip.dataset.value);
    else if (event.target.closest("[data-clear]")) {
      selection.filter({ status: new Set(), stage: new Set(), move: new Set(), q: "" });
      if (find) find.value = "";
    } else if (row && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      selection.select(row.dataset.link);
    }
  }

  /** Arrows go from row to row, past those that are hidden. */
  function pressed(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const at = event.target.closest("tr[data-link]");
    if (!step || !at) return;
    const rows = $$("tr[data-link]", view).filter((row) => !row.hidden && !row.parentElement.hidden);
    const next = rows[rows.indexOf(at) + step];
    if (!next) return;
    event.preventDefault();
    $("a", next).focus();
  }

  view.addEventListener("click", clicked);
  view.addEventListener("keydown", pressed);
  find?.addEventListener("input", () => selection.filter({ q: find.value }));
  tables.add(arrange);
  selection.subscribe(refresh);
  refresh(selection.get());
}
