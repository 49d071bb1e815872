// The dialogs of a lead: another stage, with what the stage asks for; a candidate accepted.

import { $, $$, pageData } from "./dom.js";
import { filled, refresh, saidOf, sent } from "./lead_forms.js";
import { url } from "./api.js";

const stages = pageData.page.stages;

/** Which parts of the form a change of stage asks for, and whether it needs a reason. */
function asksFor(now, target) {
  const closed = stages.closed.includes(now);
  const back = stages.road.includes(now) && stages.road.indexOf(target) < stages.road.indexOf(now);
  const reason = stages.reasoned.includes(target) || (now !== target && (back || closed));
  return {
    reason,
    needed: reason && now !== "parked",
    plan: stages.planned.includes(target),
    project: target === "signed",
    approved: target === "signing" || (target === "signed" && now !== "signed"),
  };
}

function shape(form, now) {
  const asks = asksFor(now, form.elements.stage.value);
  for (const part of $$("[data-for]", form)) {
    part.hidden = !asks[part.dataset.for];
    for (const field of $$("input, select, textarea", part)) field.disabled = part.hidden;
  }
  form.elements.reason.required = asks.needed;
}

function closing(dialog) {
  return new Promise((resolve) => dialog.addEventListener("close", resolve, { once: true }));
}

/** Asks for what the change of stage of `lead` (its dataset) needs, and writes it. The change; null where it was left. */
export async function askStage(lead, target = "") {
  const dialog = $("#stage-dialog");
  const form = $("form", dialog);
  form.reset();
  $(".refusal", form).hidden = true;
  $("[data-name]", dialog).textContent = lead.name;
  const next = stages.road[stages.road.indexOf(lead.stage) + 1];
  form.elements.stage.value = target || (stages.road.includes(lead.stage) && next ? next : "new");
  form.elements.next_step.placeholder = lead.next;
  shape(form, lead.stage);
  let report = null;
  const changed = () => shape(form, lead.stage);
  const submitted = async (event) => {
    event.preventDefault();
    report = await sent(form, `/api/leads/${lead.lead}/stage`, { ...filled(form), version: Number(lead.version) });
    if (report) dialog.close();
  };
  form.elements.stage.addEventListener("change", changed);
  form.addEventListener("submit", submitted);
  dialog.showModal();
  await closing(dialog);
  form.elements.stage.removeEventListener("change", changed);
  form.removeEventListener("submit", submitted);
  return report;
}

/** Asks who takes a candidate on, and accepts it. The change; null where it was left. */
async function askAccept(button) {
  const dialog = $("#accept-dialog");
  const form = $("form", dialog);
  form.reset();
  $(".refusal", form).hidden = true;
  $("[data-name]", dialog).textContent = button.dataset.name;
  const { accept: lead, chain, region } = button.dataset;
  let report = null;
  const submitted = async (event) => {
    event.preventDefault();
    report = await sent(form, "/api/leads", { lead, chain, region, ...filled(form) });
    if (report) dialog.close();
  };
  form.addEventListener("submit", submitted);
  dialog.showModal();
  await closing(dialog);
  form.removeEventListener("submit", submitted);
  return report;
}

/** Lets the buttons of the page open the dialogs: data-move on a lead, data-accept on a candidate, data-close in one. */
export function startDialogs() {
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-move], [data-accept], [data-close]");
    if (!button) return;
    if ("close" in button.dataset) {
      button.closest("dialog").close();
    } else if ("accept" in button.dataset) {
      const report = await askAccept(button);
      if (!report) return;
      if (button.dataset.onward) location.assign(url(`/leads/${report.lead.id}`));
      else await refresh([$("#lead-words").dataset.accepted, ...report.notes].join("\n"));
    } else {
      const lead = button.closest("[data-lead]") || $("#lead");
      const report = await askStage(lead.dataset, button.dataset.move);
      if (report) await refresh(saidOf(report));
    }
  });
}
