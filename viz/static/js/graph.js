// The graph view: draws a chain's graph, opens, hides and pins nodes, finds them, and marks the path between two.

import { getJson } from "./api.js";
import { $, pageData, toast } from "./dom.js";
import { NOBODY, read, write } from "./graph_address.js";
import { GraphData, MOST } from "./graph_data.js";
import { coloursOf } from "./graph_look.js";
import { marksOf, showPath } from "./graph_path.js";
import { toSvg } from "./graph_svg.js";
import { filled, showCard, startFinder, startLegend } from "./graph_tools.js";
import { View, loadVis } from "./graph_view.js";
import { savePicture } from "./save.js";
import { selection as shared, shows } from "./selection.js";
import { reportOf, startSmallGraph } from "./graph_small.js";

const PAGE = 30;

class Graph {
  constructor(frame, report, options, vis) {
    this.frame = frame;
    this.words = JSON.parse($(".graph-words", frame).textContent);
    this.options = options;
    this.selection = options.selection || shared;
    $(".graph-card details", frame).open = matchMedia("(min-width: 1101px)").matches;
    this.expandable = options.expandable !== false && !pageData.page.offline;
    this.unshown = report.more;
    this.chosen = null;
    this.ends = { from: null, to: null };
    this.path = null;
    this.restoring = true;
    this.opening = new Set();
    this.data = new GraphData();
    this.data.merge(report);
    this.colours = coloursOf(frame);
    this.view = new View(vis, $(".graph-canvas", frame), this.colours, {
      click: (id) => this.choose(id),
      open: (id) => this.open(id),
      moved: (id, x, y) => this.moved(id, x, y),
    });
    this.legend = startLegend(frame, this.data, this.selection, () => this.show());
    startFinder(frame, (text) => this.findable(text), (id) => this.goTo(id));
    frame.addEventListener("click", (event) => this.act(event.target.closest("[data-do]")?.dataset.do));
    this.selection.subscribe(() => this.followed());
  }

  // --- what is shown ---

  passes(node) {
    return shows(this.selection.get().filters, { ...node, text: node.name });
  }

  shown() {
    return this.data.visible((node) => this.passes(node), this.path?.marks?.nodes);
  }

  show() {
    const { nodes, edges } = this.shown();
    const marks = { selected: this.chosen, path: this.path?.marks || null, pinned: this.data.pinned };
    this.view.draw(nodes, edges, marks);
    this.legend();
    this.card(nodes);
    const hidden = this.data.nodes.size - nodes.length;
    const count = filled(hidden ? this.words.count_hidden : this.words.count, { n: nodes.length, m: hidden });
    $(".graph-count", this.frame).textContent = count + (this.unshown ? filled(this.words.not_shown, { n: this.unshown }) : "");
    Object.assign(this.frame.dataset, { nodes: nodes.length, edges: edges.length, hidden, chosen: this.chosen || "", path: this.path?.marks ? this.path.marks.nodes.size : 0 });
    if (!this.restoring) write(this.data, this.chosen || (this.selection.get().link ? NOBODY : null), this.ends);
  }

  card(nodes) {
    const node = this.data.nodes.get(this.chosen);
    const shown = new Map(nodes.map((each) => [each.id, each]));
    const look = node && shown.has(node.id) && {
      node, shown, ties: this.data.ties(node.id, shown), opened: this.data.opened.get(node.id), pinned: this.data.pinned.has(node.id),
      expandable: this.expandable, linked: !pageData.page.offline, chain: this.options.chain,
    };
    showCard(this.frame, this.words, look || null, (id) => this.goTo(id));
  }

  say(text) {
    const said = $(".graph-said", this.frame);
    said.textContent = text;
    said.hidden = false;
    clearTimeout(this.silence);
    this.silence = setTimeout(() => { said.hidden = true; }, 5000);
  }

  // --- choosing ---

  choose(id) {
    this.chosen = id;
    if (id && this.data.nodes.get(id)?.kind === "link") this.selection.select(id);
    this.show();
  }

  goTo(id) {
    this.data.hidden.delete(id);
    this.choose(id);
    this.view.focus(id);
    $(".graph-card h3", this.frame).focus({ preventScroll: true });
  }

  /** Another part of the page has chosen a link or changed the filters. */
  followed() {
    const { link } = this.selection.get();
    const was = this.data.nodes.get(this.chosen);
    if (link && link !== this.chosen && this.data.nodes.has(link) && this.lastLink !== link) this.chosen = link;
    else if (!link && was?.kind === "link") this.chosen = null;
    this.lastLink = link;
    this.show();
  }

  findable(text) {
    const shown = new Set(this.shown().nodes.map((node) => node.id));
    return this.data.find(text).filter((node) => shown.has(node.id) || this.data.hidden.has(node.id));
  }

  // --- opening, hiding, moving ---

  async open(id, quiet = false) {
    const before = this.data.opened.get(id);
    if (!this.expandable || (before && !before.next)) {
      this.say(this.words.nothing_new);
      return false;
    }
    if (this.opening.has(id)) return false;
    this.opening.add(id);
    const asking = getJson("/api/graph/around", { node: id, most: PAGE, after: before?.next });
    const report = await asking.finally(() => this.opening.delete(id));
    // It may have been taken back meanwhile.
    if (!this.data.nodes.has(id)) return false;
    const had = this.data.nodes.size;
    if (!this.data.open(id, report)) {
      this.say(filled(this.words.too_many, { n: MOST }));
      return false;
    }
    if (!quiet) {
      this.chosen = id;
      this.show();
      const added = this.data.nodes.size - had;
      const rest = !report.next && report.more ? filled(this.words.rest_counted, { n: report.more }) : "";
      this.say([added ? filled(this.words.added, { n: added }) : this.words.nothing_new, rest].filter(Boolean).join(" \u00b7 "));
    }
    return true;
  }

  moved(id, x, y) {
    Object.assign(this.data.nodes.get(id), { x, y });
    if (this.data.pinned.has(id)) this.show();
  }

  pin() {
    if (!this.data.pinned.delete(this.chosen)) this.data.pinned.add(this.chosen);
    this.show();
  }

  hide() {
    this.data.hide(this.chosen);
    this.chosen = null;
    this.show();
    $(".graph-find", this.frame).focus();
  }

  undo() {
    if (!this.data.undo()) this.say(this.words.nothing_to_undo);
    if (!this.data.nodes.has(this.chosen)) this.chosen = null;
    this.show();
  }

  // --- the path between two ---

  async end(which) {
    this.ends[which] = this.chosen;
    await this.findPath();
  }

  async findPath() {
    const { from, to } = this.ends;
    this.path = null;
    if (from && to && from === to) this.say(this.words.same_ends);
    else if (from && to) {
      const report = await getJson("/api/graph/path", { start: from, end: to });
      const missing = report.nodes.filter((node) => !this.data.nodes.has(node.id)).length;
      if (this.shown().nodes.length + missing > MOST) {
        this.say(filled(this.words.too_many, { n: MOST }));
        return;
      }
      this.data.merge(report, this.middle());
      for (const node of report.nodes) this.data.hidden.delete(node.id);
      this.path = { report, at: 0 };
    } else if (from || to) {
      const [end, other] = from ? ["from", "to"] : ["to", "from"];
      this.say(filled(this.words.choose_other, { end: this.words[end], other: this.words[other] }));
    }
    this.choosePath(0);
  }

  /** Between the ends, where those that are missing will stand. */
  middle() {
    const ends = [this.ends.from, this.ends.to].map((id) => this.data.nodes.get(id)).filter(Boolean);
    const mean = (axis) => ends.reduce((sum, node) => sum + node[axis], 0) / (ends.length || 1);
    return { x: mean("x"), y: mean("y") };
  }

  choosePath(at) {
    const chosen = this.path?.report.paths[at];
    if (this.path) Object.assign(this.path, { at, marks: chosen ? marksOf(chosen, this.path.report.edges) : null });
    const names = [this.ends.from, this.ends.to].map((id) => id && (this.data.nodes.get(id)?.name || id));
    showPath(this.frame, this.words, this.path?.report, names, at, (other) => this.choosePath(other));
    this.show();
  }

  clear() {
    this.ends = { from: null, to: null };
    this.path = null;
    this.choosePath(0);
  }

  // --- files ---

  async picture(kind) {
    const { nodes, edges } = this.shown();
    if (!nodes.length) return;
    const marks = { path: this.path?.marks || null };
    const svg = toSvg(nodes, edges, this.colours, marks, this.words.title, "Microsoft YaHei, PingFang SC, Noto Sans CJK SC, Noto Sans SC, sans-serif");
    await savePicture(svg, kind, `${this.options.chain || "graph"}-graph`);
  }

  async act(what) {
    const acts = {
      open: () => this.open(this.chosen), hide: () => this.hide(), pin: () => this.pin(), from: () => this.end("from"), to: () => this.end("to"),
      close: () => this.choose(null), undo: () => this.undo(), all: () => { this.data.showAll(); this.show(); },
      lay: () => { this.data.layAgain(); this.show(); }, clear: () => this.clear(), fit: () => this.view.fit(),
      in: () => this.view.zoom(1.3), out: () => this.view.zoom(1 / 1.3), png: () => this.picture("png"), svg: () => this.picture("svg"),
    };
    await this.tried(acts[what]);
  }

  async tried(act) {
    if (!act) return;
    this.frame.setAttribute("aria-busy", "true");
    $(".graph-said", this.frame).hidden = true;
    try {
      await act();
    } catch (error) {
      toast(error.message, true);
    } finally {
      this.frame.removeAttribute("aria-busy");
    }
  }

  /** Shows what the URL asks for. */
  async restore() {
    const told = read();
    for (const kind of told.kinds) this.data.kinds.add(kind);
    if (this.expandable) {
      for (const { id, pages } of told.expand) {
        for (let page = 0; page < pages && this.data.nodes.has(id); page += 1) {
          if (!(await this.open(id, true))) break;
        }
      }
    }
    for (const { id, x, y } of told.pin) {
      if (!this.data.nodes.has(id)) continue;
      Object.assign(this.data.nodes.get(id), { x, y });
      this.data.pinned.add(id);
    }
    if (this.expandable) this.ends = { from: told.from, to: told.to };
    if (this.ends.from || this.ends.to) await this.findPath();
    for (const id of told.hide) if (this.data.nodes.has(id)) this.data.hide(id);
    const { link } = this.selection.get();
    this.lastLink = link;
    const wanted = told.node === NOBODY ? [] : [told.node, link];
    this.chosen = wanted.find((id) => this.data.nodes.has(id) && !this.data.hidden.has(id)) || null;
  }
}

let drawn = null;

/** Saves the graph that is seen as a file of a `kind`, "svg" or "png". */
export async function saveGraph(kind) {
  if (drawn) await drawn.picture(kind);
}

/** Draws a graph in an element: with tools where the element has them, else small. `source` is a URL or a report. */
export async function startGraph(element, options) {
  const frame = $(".graph-frame", element);
  if (!frame) {
    await startSmallGraph(element, options);
    return;
  }
  frame.setAttribute("aria-busy", "true");
  const [vis, report] = await Promise.all([loadVis(), reportOf(options.source)]);
  const graph = new Graph(frame, report, options, vis);
  await graph.tried(() => graph.restore());
  graph.restoring = false;
  drawn = graph;
  graph.show();
  graph.view.fit();
  frame.dataset.ready = "yes";
}
