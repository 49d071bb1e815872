// The box of the path between two nodes: each step in words, with its grade and its evidence.

import { url } from "./api.js";
import { $, h } from "./dom.js";
import { filled, gradeMark } from "./graph_tools.js";

function citation(cited) {
  const title = h("a", { href: url(`/sources/${encodeURIComponent(cited.source)}`) }, h("bdi", {}, cited.title));
  return h("p", {}, gradeMark(cited.grade), " ", title, h("span", { class: "quiet" }, ` ${cited.publisher} \u00b7 ${cited.locator} \u00b7 ${cited.as_of}`));
}

function step(told, words) {
  const grades = told.facts.flatMap((fact) => fact.citations.map((cited) => cited.grade)).sort();
  const labels = [...new Set(told.facts.map((fact) => fact.label))].join("\u3001");
  const citations = told.facts.flatMap((fact) => fact.citations);
  return h(
    "li",
    {},
    h("bdi", {}, told.start.name), ` \u2014 ${labels} \u2192 `, h("bdi", {}, told.end.name), " ", gradeMark(grades[0]),
    citations.length ? h("details", {}, h("summary", {}, `${words.evidence} (${citations.length})`), ...citations.map(citation)) : null,
  );
}

/** What of a path is drawn: its nodes, and the edges between each and the next. */
export function marksOf(path, edges) {
  const pairs = new Set(path.flatMap(({ start, end }) => [`${start.id} ${end.id}`, `${end.id} ${start.id}`]));
  return {
    nodes: new Set(path.flatMap(({ start, end }) => [start.id, end.id])),
    edges: new Set(edges.filter((edge) => pairs.has(`${edge.from_} ${edge.to}`)).map((edge) => edge.id)),
  };
}

/** Shows the paths of a report, the one at `at` in full; `choose(at)` is told of another. Without a report it closes. */
export function showPath(frame, words, report, names, at, choose) {
  const box = $(".graph-path", frame);
  box.hidden = !names.some(Boolean);
  $('[data-slot="ends"]', box).replaceChildren(h("bdi", {}, names[0] || "\u2026"), " \u2192 ", h("bdi", {}, names[1] || "\u2026"));
  const paths = report ? report.paths : [];
  const chosen = paths[at];
  const choice = paths.map((_, place) => h("button", { "aria-pressed": String(place === at), onclick: () => choose(place) }, filled(words.path, { n: place + 1 })));
  $('[data-slot="paths"]', box).replaceChildren(
    ...(paths.length > 1 ? [h("div", { class: "choose" }, choice)] : []),
    ...(chosen ? [h("ol", {}, chosen.map((each) => step(each, words)))] : []),
    ...(report && !chosen ? [h("p", { class: "quiet" }, words.no_path)] : []),
  );
}
