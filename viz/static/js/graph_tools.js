// What stands around the picture: the finder, the legend that filters, the card of the chosen node.

import { url } from "./api.js";
import { $, $$, h } from "./dom.js";

const PLURALS = { policy: "policies" };

/** A sentence of the page with its numbers and names filled in. */
export function filled(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

/** Where the page of a node is; a link's tells of it in its chain. */
export function pageOf(node, chain) {
  return url(`/${PLURALS[node.kind] || `${node.kind}s`}/${encodeURIComponent(node.id)}`, node.kind === "link" ? { chain } : {});
}

/** A mark of a grade. */
export function gradeMark(grade) {
  return grade ? h("span", { class: `grade ${grade}` }, grade) : null;
}

/** The finder: names the nodes that hold what is typed; Enter goes to one. `nodes(text)` finds, `go(id)` is told. */
export function startFinder(frame, nodes, go) {
  const input = $(".graph-find", frame);
  const found = $(".graph-found", frame);
  let active = -1;

  function close() {
    found.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
    active = -1;
  }

  function activate(at) {
    const options = $$("li", found);
    if (!options.length) return;
    active = (at + options.length) % options.length;
    options.forEach((option, place) => option.setAttribute("aria-selected", String(place === active)));
    options[active].scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", options[active].id);
  }

  function open() {
    const shown = nodes(input.value);
    found.replaceChildren(...shown.map((node, at) => h("li", { role: "option", id: `graph-found-${at}`, "data-id": node.id, "aria-selected": "false" }, h("bdi", {}, node.name), h("span", {}, node.kind_name))));
    found.hidden = shown.length === 0;
    input.setAttribute("aria-expanded", String(shown.length > 0));
    active = -1;
    if (shown.length) activate(0);
  }

  function take(option) {
    close();
    if (option) go(option.dataset.id);
  }

  input.addEventListener("input", () => (input.value.trim() ? open() : close()));
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (found.hidden) open();
      else activate(active + (event.key === "ArrowDown" ? 1 : -1));
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (found.hidden) open();
      take($$("li", found)[active]);
    } else if (event.key === "Escape") close();
  });
  input.addEventListener("blur", close);
  // The list must not take the focus from the field before the click arrives.
  found.addEventListener("mousedown", (event) => event.preventDefault());
  found.addEventListener("click", (event) => take(event.target.closest("li")));
}

/** The legend: kinds are the graph's own filter, stages and statuses are shared with the map and the table. */
export function startLegend(frame, data, selection, changed) {
  const legend = $(".graph-legend", frame);
  legend.addEventListener("click", (event) => {
    const { kind, stage, status } = event.target.closest("button")?.dataset || {};
    if (kind && !data.kinds.delete(kind)) data.kinds.add(kind);
    if (kind) changed();
    if (stage) selection.toggle("stage", stage);
    if (status) selection.toggle("status", status);
  });
  return () => {
    const { stage, status } = selection.get().filters;
    for (const [by, chosen] of Object.entries({ kind: data.kinds, stage, status })) {
      const present = new Set([...data.nodes.values()].map((node) => node[by]));
      const group = $(`[data-by="${by}"]`, legend);
      group.toggleAttribute("data-filtered", chosen.size > 0);
      for (const key of $$("button", group)) {
        key.hidden = !present.has(key.dataset[by]);
        key.setAttribute("aria-pressed", String(chosen.has(key.dataset[by])));
      }
    }
  };
}

/** The card of a node; `look` is {node, ties, opened, pinned, shown, expandable, linked, chain}. */
export function showCard(frame, words, look, go) {
  const card = $(".graph-card", frame);
  card.hidden = !look;
  if (!look) return;
  const { node } = look;
  const slot = (name) => $(`[data-slot="${name}"]`, card);
  card.dataset.node = node.id;
  slot("kind").textContent = node.kind_name;
  slot("name").textContent = node.name;
  slot("status").replaceChildren(...(node.status ? [h("span", { class: `status ${node.status}` }, words.statuses[node.status] || node.status)] : []));
  slot("page").hidden = !look.linked;
  if (look.linked) slot("page").href = pageOf(node, look.chain);
  const open = $('[data-do="open"]', card);
  open.hidden = !look.expandable;
  open.disabled = Boolean(look.opened && !look.opened.next);
  const more = node.more ? ` (${filled(words.more, { n: node.more })})` : "";
  open.textContent = (look.opened ? words.open_more : words.open) + more;
  $('[data-do="pin"]', card).textContent = look.pinned ? words.unpin : words.pin;
  for (const end of $$('[data-do="from"], [data-do="to"]', card)) end.hidden = !look.expandable;
  slot("count").textContent = `(${look.ties.length})`;
  slot("ties").replaceChildren(
    ...look.ties.map((tie) => {
      const other = look.shown.get(tie.from_ === node.id ? tie.to : tie.from_);
      const arrow = tie.from_ === node.id ? "\u2192" : "\u2190";
      return h("li", {}, h("span", { class: "said" }, `${tie.label} ${arrow}`), h("button", { class: "plain", title: other.name, onclick: () => go(other.id) }, h("bdi", {}, other.name)), gradeMark(tie.grade));
    }),
  );
}
