// Writes to the ledger: a form's fields go to the API, a refusal stands in the form, the page then shows what is so now.

import { send } from "./api.js";
import { $, h, toast } from "./dom.js";

const words = () => $("#lead-words").dataset;

/** What is filled in, or was emptied: a field left empty says nothing. */
export function filled(form) {
  const told = {};
  for (const field of form.elements) {
    if (!field.name || field.disabled) continue;
    const before = field instanceof HTMLSelectElement ? ($("option[selected]", field) || { value: "" }).value : field.defaultValue;
    if (field.value !== "" || before !== "") told[field.name] = field.value;
  }
  return told;
}

/** Fetches the page anew and puts its live part in the place of the one shown; `told` is said afterwards. */
export async function refresh(told = "") {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("live");
  if (!answer.ok || !fresh) {
    location.reload();
    return;
  }
  $("#live").replaceWith(document.adoptNode(fresh));
  document.dispatchEvent(new CustomEvent("refreshed"));
  if (told) toast(told);
}

/** Shows in a form why it was refused; a lead changed by somebody else meanwhile can be loaded anew. */
export function refuse(form, error) {
  const shown = $(".refusal", form);
  shown.hidden = false;
  shown.replaceChildren(error.message);
  if (error.status !== 409) return;
  const reload = h("button", { type: "button", onclick: () => location.reload() }, words().reload);
  shown.append(" ", reload);
}

/** Sends a form as a write, its buttons still meanwhile; null where it was refused. */
export async function sent(form, path, body) {
  const shown = $(".refusal", form);
  if (shown) shown.hidden = true;
  const buttons = [...form.querySelectorAll("button")].filter((button) => !button.disabled);
  buttons.forEach((button) => (button.disabled = true));
  try {
    return await send(path, body);
  } catch (error) {
    refuse(form, error);
    return null;
  } finally {
    buttons.forEach((button) => (button.disabled = false));
  }
}

/** What to say of a change that was written, with what the officer should know of it. */
export function saidOf(report) {
  const done = report.events.length ? words().saved : words().same;
  return [done, ...report.notes].join("\n");
}

/** Lets every form of the page with data-act act on its lead, also one that comes with a refresh. */
export function startForms() {
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    const act = form.dataset.act;
    if (!act || act === "stage") return;
    event.preventDefault();
    const lead = $("#lead").dataset;
    const body = { ...filled(form), version: Number(lead.version) };
    const report = await sent(form, `/api/leads/${lead.lead}/${act}`, body);
    if (report) await refresh(saidOf(report));
  });
}
