// The graph as an SVG file: written from the places, text as text.

import { FONT, HIGH, WIDE, baseline, inkOf, line, lines, skin } from "./graph_look.js";

const EDGE = 24;

function escaped(text) {
  // What XML cannot hold goes; what means something to it is written out.
  return String(text)
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "")
    .replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);
}

function tag(name, attributes, content = "") {
  const told = Object.entries(attributes).filter(([, value]) => value !== undefined && value !== null);
  return `<${name}${told.map(([key, value]) => ` ${key}="${escaped(value)}"`).join("")}>${content}</${name}>`;
}

function border(from, to) {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const share = Math.min(Math.abs(WIDE / 2 / (dx || 1e-9)), Math.abs(HIGH / 2 / (dy || 1e-9)), 1);
  return { x: from.x + dx * share, y: from.y + dy * share };
}

function path(from, to, bent) {
  const at = (point) => `${point.x.toFixed(1)} ${point.y.toFixed(1)}`;
  if (!bent || Math.abs(from.x - to.x) < WIDE) return `M${at(border(from, to))} L${at(border(to, from))}`;
  const side = Math.sign(to.x - from.x) * (WIDE / 2);
  const [start, end] = [{ x: from.x + side, y: from.y }, { x: to.x - side, y: to.y }];
  const bend = (end.x - start.x) * 0.45;
  return `M${at(start)} C${at({ x: start.x + bend, y: start.y })} ${at({ x: end.x - bend, y: end.y })} ${at(end)}`;
}

function drawnEdge(edge, ends, colours, marks) {
  const look = line(edge, colours);
  const onPath = marks.path?.edges.has(edge.id);
  const opacity = marks.path && !onPath ? 0.15 : undefined;
  const colour = onPath ? colours.path : look.colour;
  const d = path(ends.get(edge.from_), ends.get(edge.to), look.bent);
  const told = tag("title", {}, escaped(`${edge.label}${edge.grade ? ` \u00b7 ${edge.grade}` : ""}`));
  const dashes = look.dashes ? look.dashes.join(" ") : undefined;
  return tag("path", { d, fill: "none", stroke: colour, "stroke-width": onPath ? 3 : look.width, "stroke-dasharray": dashes, opacity, "marker-end": "url(#arrow)" }, told);
}

function drawnNode(node, colours, marks) {
  const look = skin(node, colours);
  const [left, top] = [node.x - WIDE / 2, node.y - HIGH / 2];
  const onPath = marks.path?.nodes.has(node.id);
  const faint = marks.path && !onPath;
  const shown = lines(node.name);
  const bar = look.bar ? tag("rect", { x: left, y: top, width: 5, height: HIGH, fill: look.bar }) : "";
  const star = look.star ? tag("text", { x: left + 5, y: top + 13, fill: look.star, "font-size": FONT }, "\u2605") : "";
  const text = shown.map((each, at) => tag("tspan", { x: node.x + (look.bar ? 2 : 0), y: (node.y + baseline(at, shown.length)).toFixed(1) }, escaped(each)));
  return tag(
    "g",
    { opacity: faint ? 0.25 : undefined },
    tag("title", {}, escaped(`${node.name} \u00b7 ${node.kind_name}`)) +
      tag("rect", { x: left, y: top, width: WIDE, height: HIGH, rx: look.radius, fill: look.fill, stroke: onPath ? colours.path : look.border, "stroke-width": onPath ? 3 : 1.3, "stroke-dasharray": look.dash?.join(" ") }) +
      bar + star + tag("text", { fill: inkOf(look, faint, colours), "font-size": FONT, "text-anchor": "middle" }, text.join("")),
  );
}

/** A picture of nodes and edges as the text of an SVG file. */
export function toSvg(nodes, edges, colours, marks, title, family) {
  const xs = nodes.map((node) => node.x);
  const ys = nodes.map((node) => node.y);
  const [left, top] = [Math.min(...xs) - WIDE / 2 - EDGE, Math.min(...ys) - HIGH / 2 - EDGE];
  const [width, height] = [Math.max(...xs) + WIDE / 2 + EDGE - left, Math.max(...ys) + HIGH / 2 + EDGE - top].map(Math.ceil);
  const ends = new Map(nodes.map((node) => [node.id, node]));
  const arrow = tag("marker", { id: "arrow", viewBox: "0 0 8 8", refX: 8, refY: 4, markerWidth: 8, markerHeight: 8, markerUnits: "userSpaceOnUse", orient: "auto" }, tag("path", { d: "M0 0 L8 4 L0 8 Z", fill: colours.quiet }));
  const inside = [
    tag("title", {}, escaped(title)),
    tag("defs", {}, arrow),
    tag("rect", { x: left, y: top, width, height, fill: "#ffffff" }),
    ...edges.map((edge) => drawnEdge(edge, ends, colours, marks)),
    ...nodes.map((node) => drawnNode(node, colours, marks)),
  ];
  return `<?xml version="1.0" encoding="UTF-8"?>\n${tag("svg", { xmlns: "http://www.w3.org/2000/svg", width, height, viewBox: `${left} ${top} ${width} ${height}`, "font-family": family }, inside.join("\n"))}\n`;
}
