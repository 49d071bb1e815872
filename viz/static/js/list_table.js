// Tables that sort by a click on a column's head; what is unknown stays last either way. The order stands in the URL.

import { asked, tell } from "./address.js";
import { $$ } from "./dom.js";

const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });

function value(row, column) {
  return row.cells[column]?.dataset.value ?? "";
}

/** Sorts the rows of a table by a column, downwards where `down`; rows of one value keep their order. */
export function sortTable(table, head, down) {
  const column = head.cellIndex;
  const numeric = head.dataset.sort === "number";
  const compare = (one, other) => (numeric ? Number(one) - Number(other) : collator.compare(one, other));
  const rows = [...table.tBodies[0].rows].filter((row) => row.cells[column]?.dataset.value !== undefined);
  rows.sort((a, b) => {
    const [one, other] = [value(a, column), value(b, column)];
    if (one === "" || other === "") return (one === "") - (other === "");
    return down ? compare(other, one) : compare(one, other);
  });
  table.tBodies[0].append(...rows);
  $$("th[data-sort]", table).forEach((each) => each.removeAttribute("aria-sort"));
  head.setAttribute("aria-sort", down ? "descending" : "ascending");
}

function start(table) {
  const heads = $$("th[data-sort]", table);
  heads.forEach((head) => {
    head.querySelector("button").addEventListener("click", () => {
      // Of numbers the largest are asked for first.
      const first = head.dataset.sort === "number";
      const before = head.getAttribute("aria-sort");
      const down = before ? before === "ascending" : first;
      sortTable(table, head, down);
      tell({ sort: head.dataset.key, down: down ? "1" : "0" });
    });
  });
  const wanted = heads.find((head) => head.dataset.key === asked("sort"));
  if (wanted) sortTable(table, wanted, asked("down") === "1");
}

$$("table.sortable").forEach(start);
$$("form.filters select, form.filters input[type=checkbox]").forEach((input) => {
  input.addEventListener("change", () => input.form.requestSubmit());
});
