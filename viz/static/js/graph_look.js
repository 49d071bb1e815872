// How a node of the graph looks: its box by kind, its colour by status, its name in lines. Canvas and SVG draw the same.

/** The room of a node in pixels, as the places are computed for. */
export const WIDE = 108;
export const HIGH = 48;
export const FONT = 14;
const LINES = 3;
const LINE = 15;
const INNER = (WIDE - 12) / FONT;
const WORD = (WIDE - 4) / FONT;
const VARIABLES = {
  ink: "--ink", quiet: "--quiet", line: "--line", paper: "--paper", brand: "--brand", focus: "--focus", path: "--graph-path",
  covered: "--covered", thin: "--thin", claimed: "--claimed", planned: "--planned", missing: "--missing", no_data: "--no-data",
  chain: "--ink", firm: "--brand", project: "--brand", park: "--graph-park", region: "--quiet", platform: "--graph-platform",
  policy: "--graph-policy", target: "--quiet", actual: "--quiet",
  feeds: "--graph-feeds", supplies: "--graph-supplies", owns: "--graph-owns", star: "--graph-star",
};

/** The colours of the page's style sheets. */
export function coloursOf(element) {
  const style = getComputedStyle(element);
  return Object.fromEntries(Object.entries(VARIABLES).map(([name, variable]) => [name, style.getPropertyValue(variable).trim() || "#59636e"]));
}

/** A colour mixed with another: 0 is the one, 1 the other. Both as #rrggbb or #rgb. */
export function mix(one, other, share) {
  const parts = (colour) => (colour.length === 4 ? [...colour.slice(1)].map((c) => c + c) : colour.slice(1).match(/../g)).map((part) => parseInt(part, 16));
  const [a, b] = [parts(one), parts(other)];
  return `#${a.map((value, at) => Math.round(value + (b[at] - value) * share).toString(16).padStart(2, "0")).join("")}`;
}

/** Fill, border, text, bar, radius and dashes of a node. */
export function skin(node, colours) {
  const own = colours[node.kind] || colours.quiet;
  const ground = mix(own, "#ffffff", 0.9);
  if (node.leader) return { fill: colours.brand, border: colours.brand, text: "#ffffff", radius: node.kind === "firm" ? 16 : 4, star: colours.star };
  if (node.kind === "link") {
    const strong = colours[node.status] || colours.quiet;
    return { fill: mix(strong, "#ffffff", 0.88), border: mix(strong, "#ffffff", 0.45), text: mix(strong, "#000000", 0.3), bar: strong, radius: 4 };
  }
  if (node.kind === "chain") return { fill: colours.ink, border: colours.ink, text: "#ffffff", radius: 4 };
  if (node.kind === "firm") return { fill: colours.paper, border: own, text: colours.ink, radius: 16 };
  if (node.kind === "project") return { fill: colours.paper, border: own, text: colours.ink, radius: 4, dash: [4, 3] };
  return { fill: ground, border: own, text: mix(own, "#000000", 0.35), radius: 0 };
}

/** The colour of a name: what is faint has no dark ground for white letters. */
export function inkOf(look, faint, colours) {
  return faint && look.text === "#ffffff" ? colours.ink : look.text;
}

function wide(letter) {
  const code = letter.codePointAt(0);
  if (code > 0x2e7f) return 1;
  if ("iljtfrI.,' -()/".includes(letter)) return 0.34;
  return (code >= 65 && code <= 90) || letter === "m" || letter === "w" ? 0.72 : 0.56;
}

const length = (text) => [...text].reduce((sum, letter) => sum + wide(letter), 0);

/** A name in at most three lines; what is longer ends in an ellipsis. */
export function lines(name) {
  // Words stay whole; Chinese breaks anywhere, and so does what is longer than a line.
  const pieces = name.match(/[\u2e80-\uffff]|[^\s\u2e80-\uffff]+\s*|\s+/gu) || [];
  const made = [""];
  for (const piece of pieces) {
    const last = made.length - 1;
    if (length((made[last] + piece).trimEnd()) <= INNER) made[last] += piece;
    else if (length(piece.trimEnd()) <= WORD) made.push(piece);
    else {
      for (const letter of piece) {
        if (length(made[made.length - 1] + letter) > INNER) made.push("");
        made[made.length - 1] += letter;
      }
    }
  }
  const kept = made.map((line) => line.trim()).filter(Boolean).slice(0, LINES);
  if (kept.length === LINES && kept.join("").replace(/\s/g, "").length < name.replace(/\s/g, "").length) {
    let last = [...kept[LINES - 1]];
    while (last.length && length(last.join("")) > INNER - 1) last = last.slice(0, -1);
    kept[LINES - 1] = `${last.join("")}\u2026`;
  }
  return kept;
}

/** Where the base of each line stands, from the middle of a node. */
export function baseline(at, count) {
  return (at - (count - 1) / 2) * LINE + FONT * 0.36;
}

function box(context, left, top, radius) {
  context.beginPath();
  context.moveTo(left + radius, top);
  context.arcTo(left + WIDE, top, left + WIDE, top + HIGH, radius);
  context.arcTo(left + WIDE, top + HIGH, left, top + HIGH, radius);
  context.arcTo(left, top + HIGH, left, top, radius);
  context.arcTo(left, top, left + WIDE, top, radius);
  context.closePath();
}

/** Draws a node on a canvas; `mark` says what is special: selected, onPath, dim, pinned, over. */
export function drawNode(context, x, y, node, mark, colours, family) {
  const look = skin(node, colours);
  const [left, top] = [x - WIDE / 2, y - HIGH / 2];
  context.globalAlpha = mark.dim ? 0.22 : 1;
  box(context, left, top, look.radius);
  context.fillStyle = look.fill;
  context.fill();
  if (look.bar) {
    context.save();
    context.clip();
    context.fillStyle = look.bar;
    context.fillRect(left, top, 5, HIGH);
    context.restore();
    box(context, left, top, look.radius);
  }
  context.setLineDash(look.dash || []);
  context.lineWidth = mark.selected || mark.onPath ? 3.5 : mark.over ? 2.2 : 1.3;
  context.strokeStyle = mark.selected ? colours.focus : mark.onPath ? colours.path : look.border;
  context.stroke();
  context.setLineDash([]);
  context.fillStyle = inkOf(look, mark.dim, colours);
  context.font = `${FONT}px ${family}`;
  context.textAlign = "center";
  context.textBaseline = "alphabetic";
  const shown = lines(node.name);
  shown.forEach((line, at) => context.fillText(line, x + (look.bar ? 2 : 0), y + baseline(at, shown.length)));
  if (look.star) {
    context.fillStyle = look.star;
    context.fillText("\u2605", left + 10, top + 13);
  }
  if (mark.pinned) {
    context.fillStyle = colours.focus;
    context.beginPath();
    context.arc(left + WIDE - 5, top + 5, 4, 0, 2 * Math.PI);
    context.fill();
  }
  context.globalAlpha = 1;
}

/** Colour, dashes, width and bend of an edge. */
export function line(edge, colours) {
  const named = { feeds: colours.feeds, feeds_recycled: mix(colours.covered, "#ffffff", 0.4), supplies: colours.supplies, owns: colours.owns, at_park: colours.park, leads: colours.ink };
  const colour = named[edge.predicate] || mix(colours.brand, "#ffffff", 0.35);
  const structure = edge.predicate === "feeds" || edge.predicate === "feeds_recycled";
  return { colour, width: structure ? 1 : 1.6, dashes: edge.planned ? [5, 4] : edge.predicate === "at_park" ? [2, 3] : false, bent: structure };
}
