// The neighbourhood of one entity, small, on its page: a click opens the page of a neighbour.

import { getJson } from "./api.js";
import { h } from "./dom.js";
import { coloursOf } from "./graph_look.js";
import { filled, pageOf } from "./graph_tools.js";
import { View, loadVis } from "./graph_view.js";

/** Here is room for the words on the edges. */
const STRETCH = [1.15, 1.6];
/** So many neighbours fit legibly: one ring where there is little room, else two. */
const near = (element) => (element.clientWidth < 560 ? 6 : 18);

/** The report of a source: one given, or read from a path with its own parameters. */
export async function reportOf(source, more = {}) {
  if (typeof source !== "string") return source;
  const [path, query] = source.split("?");
  return getJson(path, { ...Object.fromEntries(new URLSearchParams(query)), ...more });
}

/** Draws a report around its centre in an element, without tools. */
export async function startSmallGraph(element, options) {
  const report = await reportOf(options.source, { most: near(element) });
  const others = report.nodes.filter((node) => node.id !== report.centre);
  if (!others.length) {
    element.remove();
    return;
  }
  element.classList.add("small");
  const room = h("div", { class: "graph-canvas" });
  const go = (node) => location.assign(pageOf(node, options.chain));
  const links = h("ul", { class: "neighbours" }, others.map((node) => h("li", {}, h("a", { href: pageOf(node, options.chain) }, h("bdi", {}, node.name)), ` ${node.kind_name}`)));
  const more = report.more ? h("a", { class: "graph-more small", href: element.dataset.onward }, filled(element.dataset.more, { n: report.more })) : null;
  element.replaceChildren(room, links, ...(more ? [more] : []));
  const view = new View(await loadVis(), room, coloursOf(element), {
    click: (id) => id && id !== report.centre && go(report.nodes.find((node) => node.id === id)),
    open: () => {},
    moved: () => {},
  }, { dragNodes: false, zoomView: false });
  const nodes = report.nodes.map((node) => ({ ...node, x: node.x * STRETCH[0], y: node.y * STRETCH[1] }));
  view.draw(nodes, report.edges, { selected: report.centre, labels: true, path: null, pinned: new Set() });
  view.fit();
  element.dataset.nodes = String(report.nodes.length);
}
