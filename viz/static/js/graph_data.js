// What the graph holds: nodes and edges of the reports read so far, what is hidden, pinned and opened. No drawing here.

import { HIGH, WIDE } from "./graph_look.js";

/** So many nodes are shown at once: beyond it a picture tells nothing. */
export const MOST = 300;
const GAP = 8;
const STEP = [WIDE + 20, HIGH + 10];
const FAR = 16;

const overlap = (one, other) => Math.abs(one.x - other.x) < WIDE + GAP && Math.abs(one.y - other.y) < HIGH + GAP;

/** How far a group of nodes must move, as one, so that none lies on one of `taken`: the least. */
export function freeShift(group, taken) {
  const shifts = [];
  for (let i = -FAR; i <= FAR; i += 1) for (let j = -FAR * 2; j <= FAR * 2; j += 1) shifts.push([i * STEP[0], j * STEP[1]]);
  shifts.sort((a, b) => Math.hypot(...a) - Math.hypot(...b));
  const free = ([dx, dy]) => group.every((node) => !taken.some((other) => overlap({ x: node.x + dx, y: node.y + dy }, other)));
  return shifts.find(free) || [0, STEP[1] * FAR * 2];
}

/** Nodes and edges by id, and what has been done to them, in the order in which it was done. */
export class GraphData {
  constructor() {
    this.nodes = new Map();
    this.edges = new Map();
    this.hidden = new Set();
    this.pinned = new Set();
    this.opened = new Map();
    this.kinds = new Set();
    this.done = [];
  }

  /** Takes in a report; what is new stands where it says, from `anchor` on if it has a centre. Answers the new ids. */
  merge(report, anchor = { x: 0, y: 0 }) {
    const fresh = report.nodes.filter((node) => !this.nodes.has(node.id)).map((node) => ({ ...node, x: node.x + anchor.x, y: node.y + anchor.y }));
    const [dx, dy] = freeShift(fresh, [...this.nodes.values()]);
    for (const node of fresh) {
      const place = { x: node.x + dx, y: node.y + dy };
      this.nodes.set(node.id, { ...node, ...place, home: place });
    }
    for (const edge of report.edges) if (!this.edges.has(edge.id)) this.edges.set(edge.id, edge);
    return fresh.map((node) => node.id);
  }

  /** Takes in a page of the neighbours of a node; false where the picture would hold too many. */
  open(id, report) {
    const added = report.nodes.filter((node) => !this.nodes.has(node.id)).length;
    if (this.visible().nodes.length + added > MOST) return false;
    const ids = this.merge(report, this.nodes.get(id));
    const before = this.opened.get(id) || { pages: 0 };
    const node = this.nodes.get(id);
    this.opened.set(id, { pages: before.pages + 1, next: report.next });
    this.done.push({ opened: id, ids, before, more: node.more });
    node.more = report.more;
    for (const node of report.nodes) this.hidden.delete(node.id);
    return true;
  }

  hide(id) {
    this.hidden.add(id);
    this.done.push({ hidden: id });
  }

  /** Takes back what was done last: a node hidden, or a page of neighbours. Answers whether there was anything. */
  undo() {
    const last = this.done.pop();
    if (!last) return false;
    if (last.hidden) this.hidden.delete(last.hidden);
    if (last.opened) {
      for (const id of last.ids) this.remove(id);
      if (last.before.pages) this.opened.set(last.opened, last.before);
      else this.opened.delete(last.opened);
      this.nodes.get(last.opened).more = last.more;
    }
    return true;
  }

  remove(id) {
    this.nodes.delete(id);
    this.hidden.delete(id);
    this.pinned.delete(id);
    for (const [key, edge] of this.edges) if (edge.from_ === id || edge.to === id) this.edges.delete(key);
  }

  showAll() {
    this.hidden.clear();
    this.done = this.done.filter((each) => !each.hidden);
  }

  /** Puts every node that is not pinned back to its place. */
  layAgain() {
    for (const node of this.nodes.values()) if (!this.pinned.has(node.id)) Object.assign(node, node.home);
  }

  /** The edges at a node whose other end is shown. */
  ties(id, shown) {
    return [...this.edges.values()].filter((edge) => (edge.from_ === id && shown.has(edge.to)) || (edge.to === id && shown.has(edge.from_)));
  }

  /** What is shown: not hidden; of a kind wanted, links let through by `passes`, none left alone by that; or `always`. */
  visible(passes = () => true, always = new Set()) {
    const shown = new Set();
    for (const node of this.nodes.values()) {
      const wanted = (this.kinds.size === 0 || this.kinds.has(node.kind)) && (node.kind !== "link" || passes(node));
      if (!this.hidden.has(node.id) && (wanted || always.has(node.id))) shown.add(node.id);
    }
    this.dropAlone(["firm", "project"], ["link", "chain"], shown, always);
    this.dropAlone(["park"], ["firm", "project"], shown, always);
    const edges = [...this.edges.values()].filter((edge) => shown.has(edge.from_) && shown.has(edge.to));
    return { nodes: [...shown].map((id) => this.nodes.get(id)), edges };
  }

  /** A firm all of whose links are filtered out goes with them, and so does a park. Hidden ones and kinds do not count. */
  dropAlone(kinds, held, shown, always) {
    const near = new Map();
    const counts = (id) => held.includes(this.nodes.get(id).kind) && !this.hidden.has(id) && (this.kinds.size === 0 || this.kinds.has(this.nodes.get(id).kind));
    for (const edge of this.edges.values()) {
      for (const [one, other] of [[edge.from_, edge.to], [edge.to, edge.from_]]) {
        if (kinds.includes(this.nodes.get(one).kind) && counts(other)) near.set(one, [...(near.get(one) || []), other]);
      }
    }
    for (const [id, others] of near) {
      if (!always.has(id) && !others.some((other) => shown.has(other))) shown.delete(id);
    }
  }

  /** Nodes whose name or id holds a text, the shortest name first. */
  find(text) {
    const q = text.trim().toLowerCase();
    const found = [...this.nodes.values()].filter((node) => node.name.toLowerCase().includes(q) || node.id.includes(q));
    return found.sort((a, b) => a.name.length - b.name.length || (a.name < b.name ? -1 : 1));
  }
}
