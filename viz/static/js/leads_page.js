// The page of the leads: filters into the URL, the table sorted, the board, the dialogs.

import { asked, tell } from "./address.js";
import { $, $$, pageData } from "./dom.js";
import { startBoard } from "./lead_board.js";
import { startDialogs } from "./lead_dialogs.js";

const form = $("#filters");

function filter() {
  const told = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (value !== "") told.append(name, value);
  location.assign(`${form.action}?${told}`);
}

function valueOf(row, column) {
  const cell = row.cells[column];
  return "value" in cell.dataset ? cell.dataset.value : cell.textContent.trim();
}

function compared(one, other) {
  if (one === "" || other === "") return (one === "") - (other === "") || 0;
  const apart = Number(one) - Number(other);
  return Number.isNaN(apart) ? one.localeCompare(other, pageData.lang) : apart;
}

/** Sorts the table by what the URL names: "due", or "-due" for the largest first; what is empty comes last. */
function sort() {
  const said = asked("sort") || "";
  const key = said.replace(/^-/, "");
  const heads = $$("table.leads thead th");
  const column = heads.findIndex((head) => $(".sorter", head).dataset.sort === key);
  heads.forEach((head, place) => {
    if (place === column) head.setAttribute("aria-sort", said.startsWith("-") ? "descending" : "ascending");
    else head.removeAttribute("aria-sort");
  });
  if (column < 0) return;
  const body = $("table.leads tbody");
  const rows = [...body.rows].map((row) => ({ row, value: valueOf(row, column) }));
  const sign = said.startsWith("-") ? -1 : 1;
  rows.sort((one, other) => (one.value === "" || other.value === "" ? 1 : sign) * compared(one.value, other.value));
  body.append(...rows.map(({ row }) => row));
}

document.addEventListener("click", (event) => {
  const sorter = event.target.closest(".sorter");
  if (!sorter) return;
  const key = sorter.dataset.sort;
  tell({ sort: asked("sort") === key ? `-${key}` : key });
  sort();
});
document.addEventListener("refreshed", sort);
form.addEventListener("change", filter);
form.addEventListener("submit", (event) => {
  event.preventDefault();
  filter();
});
$("#print").addEventListener("click", () => window.print());
document.body.classList.add("scripted");
sort();
if ($("#stage-dialog")) {
  startDialogs();
  if ($("#board")) startBoard();
}
