// The graph on a canvas: vis-network draws where it is told to, without physics. Names go in as plain text.

import { h } from "./dom.js";
import { HIGH, WIDE, drawNode, line } from "./graph_look.js";

const AIR = 36;
const LIBRARY = "/static/vendor/vis-network.min.js";

/** vis-network, loaded when it is first wanted. */
export function loadVis() {
  if (window.vis) return Promise.resolve(window.vis);
  return new Promise((resolve, reject) => {
    document.head.append(h("script", { src: LIBRARY, onload: () => resolve(window.vis), onerror: () => reject(new Error(LIBRARY)) }));
  });
}

const OPTIONS = {
  physics: false,
  layout: { improvedLayout: false },
  interaction: { hover: true, multiselect: false, tooltipDelay: 200, keyboard: false, selectConnectedEdges: false },
  nodes: { shape: "custom", chosen: false },
  edges: { arrows: { to: { enabled: true, scaleFactor: 0.45 } }, chosen: false, font: { multi: false, size: 11, strokeWidth: 4 } },
};

/** A picture in an element. `on` has click(id or null), open(id), moved(id, x, y); `more` is vis's own. */
export class View {
  constructor(vis, room, colours, on, more = {}) {
    this.colours = colours;
    this.room = room;
    this.family = getComputedStyle(room).fontFamily;
    this.nodes = new vis.DataSet();
    this.edges = new vis.DataSet();
    this.known = new Map();
    this.marks = { selected: null, path: null, pinned: new Set() };
    this.network = new vis.Network(room, { nodes: this.nodes, edges: this.edges }, { ...OPTIONS, interaction: { ...OPTIONS.interaction, ...more } });
    // The list beside it is for the keyboard; a canvas that takes the focus would tell nothing.
    for (const part of room.querySelectorAll("[tabindex]")) part.tabIndex = -1;
    room.querySelector("canvas")?.setAttribute("aria-hidden", "true");
    this.network.on("click", ({ nodes }) => on.click(nodes[0] || null));
    this.network.on("doubleClick", ({ nodes }) => nodes[0] && on.open(nodes[0]));
    this.network.on("dragEnd", ({ nodes }) => {
      if (!nodes[0]) return;
      const { x, y } = this.network.getPosition(nodes[0]);
      on.moved(nodes[0], x, y);
    });
  }

  /** Shows these nodes and edges, each where it stands; `marks` says what is special. */
  draw(nodes, edges, marks) {
    this.marks = marks;
    this.known = new Map(nodes.map((node) => [node.id, node]));
    this.nodes.remove(this.nodes.getIds().filter((id) => !this.known.has(id)));
    const kept = new Set(edges.map((edge) => edge.id));
    this.edges.remove(this.edges.getIds().filter((id) => !kept.has(id)));
    this.nodes.update(nodes.map((node) => this.node(node)));
    this.edges.update(edges.map((edge) => this.edge(edge)));
    this.network.redraw();
  }

  mark(id) {
    const { selected, path, pinned } = this.marks;
    return { selected: selected === id, onPath: Boolean(path?.nodes.has(id)), dim: Boolean(path && !path.nodes.has(id)), pinned: pinned.has(id) };
  }

  node(node) {
    return {
      id: node.id,
      x: node.x,
      y: node.y,
      fixed: this.marks.pinned.has(node.id),
      title: h("div", {}, h("bdi", {}, node.name), ` \u00b7 ${node.kind_name}`),
      ctxRenderer: ({ ctx, id, x, y, state }) => ({
        drawNode: () => drawNode(ctx, x, y, this.known.get(id) || node, { ...this.mark(id), over: state.hover }, this.colours, this.family),
        nodeDimensions: { width: WIDE, height: HIGH },
      }),
    };
  }

  edge(edge) {
    const look = line(edge, this.colours);
    const onPath = this.marks.path?.edges.has(edge.id);
    const chosen = this.marks.selected && [edge.from_, edge.to].includes(this.marks.selected);
    const label = onPath || (chosen && this.marks.labels);
    const colour = onPath ? this.colours.path : look.colour;
    return {
      id: edge.id,
      from: edge.from_,
      to: edge.to,
      width: onPath ? 3 : chosen ? look.width + 1.2 : look.width,
      dashes: look.dashes,
      label: label ? edge.label : undefined,
      title: h("div", {}, `${edge.label}${edge.grade ? ` \u00b7 ${edge.grade}` : ""}`),
      color: { color: colour, highlight: colour, hover: colour, opacity: this.marks.path && !onPath ? 0.12 : 1 },
      smooth: look.bent ? { enabled: true, type: "cubicBezier", forceDirection: "horizontal", roundness: 0.45 } : false,
    };
  }

  /** Shows all of it. vis itself would not know how wide a node is before it has drawn it. */
  fit() {
    const places = [...this.known.values()];
    if (!places.length) return;
    const reach = (axis) => [Math.min(...places.map((node) => node[axis])), Math.max(...places.map((node) => node[axis]))];
    const [[left, right], [top, bottom]] = [reach("x"), reach("y")];
    const { clientWidth, clientHeight } = this.room;
    // The legend of the edges lies on the foot of the picture.
    const foot = this.room.parentElement.querySelector(".graph-edges")?.offsetHeight || 0;
    const fitted = Math.min(clientWidth / (right - left + WIDE + AIR), (clientHeight - foot) / (bottom - top + HIGH + AIR), 1);
    const scale = Math.max(fitted, 0.05);
    this.network.moveTo({ position: { x: (left + right) / 2, y: (top + bottom + foot / scale) / 2 }, scale, animation: false });
  }

  focus(id) {
    this.network.focus(id, { scale: Math.max(this.network.getScale(), 0.9), animation: false });
  }

  zoom(factor) {
    this.network.moveTo({ scale: Math.min(Math.max(this.network.getScale() * factor, 0.1), 4), animation: false });
  }
}
