// The board: a card is dragged to another column; it stays there once the ledger has it, and else goes back.

import { $$ } from "./dom.js";
import { askStage } from "./lead_dialogs.js";
import { refresh, saidOf } from "./lead_forms.js";

let dragged = null;

function columnOf(event) {
  return event.target.closest ? event.target.closest("[data-column]") : null;
}

function mark(column) {
  for (const each of $$("[data-column]")) each.classList.toggle("over", each === column);
}

async function drop(card, column) {
  const home = card.parentElement;
  const after = card.nextElementSibling;
  column.querySelector("ul").prepend(card);
  if (column instanceof HTMLDetailsElement) column.open = true;
  const report = await askStage(card.dataset, column.dataset.column);
  if (report) await refresh(saidOf(report));
  else home.insertBefore(card, after);
}

/** Lets cards be dragged between columns. */
export function startBoard() {
  document.addEventListener("dragstart", (event) => {
    dragged = event.target.closest(".lead-card[draggable]");
    if (!dragged) return;
    event.dataTransfer.setData("text/plain", dragged.dataset.lead);
    event.dataTransfer.effectAllowed = "move";
    dragged.classList.add("dragged");
  });
  document.addEventListener("dragover", (event) => {
    const column = columnOf(event);
    if (!dragged || !column) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = "move";
    mark(column);
  });
  document.addEventListener("drop", (event) => {
    const column = columnOf(event);
    if (!dragged || !column) return;
    event.preventDefault();
    if (column.dataset.column !== dragged.dataset.stage) drop(dragged, column);
  });
  document.addEventListener("dragend", () => {
    if (dragged) dragged.classList.remove("dragged");
    dragged = null;
    mark(null);
  });
}
