// The page of the weekly list: exports one; takes one back, at first without writing.

import { send, url } from "./api.js";
import { $, h, pageData } from "./dom.js";
import { refresh } from "./lead_forms.js";

const words = pageData.page.words;
const exporting = $("#export");
const importing = $("#import");
const result = $("#result");

function said(key, ...values) {
  return values.reduce((text, value, place) => text.replace(`%${place + 1}`, value), words[key]);
}

async function working(form, work) {
  const refusal = $(".refusal", form);
  const buttons = [...form.querySelectorAll("button")];
  refusal.hidden = true;
  buttons.forEach((button) => (button.disabled = true));
  try {
    await work();
  } catch (error) {
    refusal.hidden = false;
    refusal.textContent = error.message;
  } finally {
    buttons.forEach((button) => (button.disabled = false));
  }
}

function exportWeek(event) {
  event.preventDefault();
  const told = $(".told", exporting);
  told.textContent = words.working;
  working(exporting, async () => {
    try {
      const { week, chain, revise } = exporting.elements;
      const report = await send("/api/week/export", { week: week.value, chain: chain.value || null, revise: revise.checked });
      const files = report.files.map((name) =>
        h("a", { href: `/api/week/files/${encodeURIComponent(name)}`, download: true, class: "button" }, name.split(".").pop().toUpperCase())
      );
      const done = said("exported", report.week, report.revision, report.leads, report.changes);
      await refresh();
      told.replaceChildren(done, report.again ? ` ${words.frozen}` : "", " ", ...files);
    } catch (error) {
      told.textContent = "";
      throw error;
    }
  });
}

function table(heads, rows) {
  const head = h("tr", {}, heads.map((text) => h("th", { scope: "col" }, text)));
  return h("div", { class: "scroll" }, h("table", {}, h("thead", {}, head), h("tbody", {}, rows)));
}

function text(value) {
  return value ? h("bdi", { class: "lines" }, value) : h("span", { class: "quiet" }, words.empty);
}

function lead(id, name) {
  return h("a", { href: url(`/leads/${encodeURIComponent(id)}`) }, h("bdi", {}, name));
}

/** What came of it, a line each: what would be written, and what stands in the way. */
function outcome(report) {
  const conflicts = report.problems.filter((problem) => problem.conflict).length;
  const good = (text) => h("p", { class: "notice" }, text);
  const bad = (text) => h("p", { class: "notice warn" }, text);
  const lines = [];
  if (report.again) lines.push(good(words.again));
  else if (report.events) lines.push(good(said(report.dry_run ? "would" : "wrote", report.edits.length, report.events)));
  else if (!report.problems.length) lines.push(good(report.rows_changed ? words.known : words.same));
  if (report.problems.length) lines.push(bad(said("problems", report.problems.length, conflicts)));
  if (report.problems.length && !report.events) lines.push(h("p", {}, words.all_or_none));
  return lines;
}

function tell(report) {
  const title = h("h2", {}, h("bdi", {}, report.file), " ", h("span", { class: "quiet small" }, `${report.week} \u00b7 ${report.user}`));
  const counts = said("rows", report.rows, report.rows_changed, report.rows_same, report.rows_absent);
  result.replaceChildren(title, h("p", { class: "quiet" }, counts));
  result.append(...outcome(report));
  for (const notice of report.notices) result.append(h("p", { class: "quiet" }, notice));
  if (report.problems.length) {
    const mended = report.problems.some((problem) => problem.mend);
    const rows = report.problems.map((problem) =>
      h("tr", {},
        h("td", {}, problem.cell),
        h("td", {}, problem.lead ? lead(problem.lead, problem.lead) : ""),
        h("td", {}, h("span", { class: problem.conflict ? "tag warn" : "tag" }, problem.conflict ? words.conflict : words.refused), " ", text(problem.what)),
        mended ? h("td", {}, h("bdi", { class: "lines" }, problem.mend)) : null)
    );
    result.append(table([words.cell, words.lead, words.what, ...(mended ? [words.mend] : [])], rows));
  }
  if (report.edits.length) {
    const rows = report.edits.map((edit) =>
      h("tr", {}, h("td", {}, edit.cell), h("td", {}, lead(edit.lead, edit.firm_name)), h("td", { class: "field" }, edit.column), h("td", {}, text(edit.before)), h("td", {}, text(edit.after)))
    );
    result.append(table([words.cell, words.firm, words.column, words.was, words.becomes], rows));
  }
  result.hidden = false;
  $("#print-result").hidden = false;
  $("#confirm").hidden = !(report.dry_run && report.events);
}

function importWeek(dryRun) {
  working(importing, async () => {
    const body = new FormData(importing);
    body.append("dry_run", String(dryRun));
    result.hidden = true;
    $("#confirm").hidden = true;
    tell(await send("/api/week/import", body));
  });
}

if (exporting) {
  exporting.addEventListener("submit", exportWeek);
  importing.addEventListener("submit", (event) => {
    event.preventDefault();
    importWeek(true);
  });
  importing.addEventListener("change", () => ($("#confirm").hidden = true));
  $("#confirm").addEventListener("click", () => importWeek(false));
  $("#print-result").addEventListener("click", () => window.print());
}
