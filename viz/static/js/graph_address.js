// The graph in the URL: what is opened, hidden, pinned, chosen. Bounded, so that a link can always be sent on.

import { asked, tell } from "./address.js";

const MANY = 60;
const DOT = ".";

/** In place of a node: a link is selected, but the card of no node is open. */
export const NOBODY = "-";

const list = (name) => (asked(name) || "").split(/[.,]/).filter(Boolean).slice(0, MANY);

/** What the URL asks the graph to show. */
export function read() {
  return {
    node: asked("node"),
    from: asked("from"),
    to: asked("to"),
    kinds: list("kinds"),
    hide: list("hide"),
    expand: list("expand").map((each) => {
      const [id, pages] = each.split("*");
      return { id, pages: Math.min(Math.max(Number(pages) || 1, 1), 10) };
    }),
    pin: list("pin").map((each) => {
      const [id, x, y] = each.split("*");
      return { id, x: Number(x) || 0, y: Number(y) || 0 };
    }),
  };
}

/** Writes what is shown into the URL. */
export function write(data, node, ends) {
  const opened = [...data.opened].map(([id, { pages }]) => (pages > 1 ? `${id}*${pages}` : id));
  const pinned = [...data.pinned].map((id) => `${id}*${Math.round(data.nodes.get(id).x)}*${Math.round(data.nodes.get(id).y)}`);
  tell({
    node,
    from: ends.from,
    to: ends.to,
    kinds: [...data.kinds].join(DOT),
    expand: opened.slice(0, MANY).join(DOT),
    hide: [...data.hidden].slice(0, MANY).join(DOT),
    pin: pinned.slice(0, MANY).join(DOT),
  });
}
