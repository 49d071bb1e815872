// The button that enters a suggested lead in the ledger, and the reason it asks for where something speaks against it.

import { send, url } from "./api.js";
import { $, h, toast } from "./dom.js";

/** Lets the buttons within `element`, also those that come later, accept leads. */
export function startAccepting(element) {
  element.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-accept]");
    if (button) accept(button, null);
  });
  element.addEventListener("submit", (event) => {
    if (!event.target.matches("form.despite")) return;
    event.preventDefault();
    const reason = event.target.elements.despite.value.trim();
    const button = $("button[data-accept]", event.target.closest("[data-lead]"));
    if (reason && button) accept(button, reason);
  });
}

async function accept(button, despite) {
  const item = button.closest("[data-lead]");
  const form = $("form.despite", item);
  const { accept: lead, chain, region } = button.dataset;
  button.disabled = true;
  try {
    const told = await send("/api/leads", { lead, chain, region, county: null, owner: null, despite });
    button.replaceWith(h("a", { class: "tag in-ledger", href: url(`/leads/${encodeURIComponent(told.lead.id)}`) }, button.dataset.prefix + told.lead.stage_name));
    $(".in-ledger", item).focus();
    form.remove();
    toast([button.dataset.done, ...told.notes].join("\n"));
  } catch (error) {
    button.disabled = false;
    form.hidden = false;
    $("[role=alert]", form).textContent = error.message;
    if (!despite) $("input", form).focus();
  }
}
