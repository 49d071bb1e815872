// The map: selecting, filtering, focus by arrows, neighbours shown, zoom. Looks change by attributes, so that a picture keeps them.

import { $, $$ } from "./dom.js";
import { isFiltered, selection, shows } from "./selection.js";

const DIM = "0.22";
const FEED_WIDTH = "1.1";
const NEAR = "#1f4e79";
const MOST_ZOOM = 3;
const LEAST_ZOOM = 0.3;

function keep(element, name, value) {
  const key = `data-was-${name}`;
  if (!element.hasAttribute(key)) element.setAttribute(key, element.getAttribute(name) || "");
  element.setAttribute(name, value);
}

function restore(element, name) {
  const key = `data-was-${name}`;
  if (!element.hasAttribute(key)) return;
  const was = element.getAttribute(key);
  if (was) element.setAttribute(name, was);
  else element.removeAttribute(name);
  element.removeAttribute(key);
}

/** Brings a map that the server drew to life; `element` holds the svg, its legend and its zoom buttons. */
export function startMap(element) {
  const svg = $("svg.map", element);
  const cells = $$(".cell", svg);
  const feeds = $$(".feeds path", svg);
  const byLink = new Map(cells.map((cell) => [cell.dataset.link, cell]));
  const near = neighbours(feeds);
  let hovered = null;

  function paint() {
    const { link, filters } = selection.get();
    const centre = hovered || link;
    for (const cell of cells) {
      const chosen = cell.dataset.link === link;
      const ground = $(".ground", cell);
      cell.setAttribute("aria-pressed", String(chosen));
      if (chosen) {
        keep(ground, "stroke-width", "3");
        keep(ground, "stroke", "#0b69da");
      } else {
        restore(ground, "stroke-width");
        restore(ground, "stroke");
      }
      const passes = shows(filters, { ...cell.dataset });
      cell.classList.toggle("dim", !passes);
      const close = !centre || cell.dataset.link === centre || near.get(centre)?.has(cell.dataset.link);
      const opacity = !passes ? DIM : close ? null : isFiltered(filters) ? null : "0.45";
      const face = $(".face", cell);
      // The feeds of what is looked at shine through cells that are dimmed.
      $(".base", cell).setAttribute("opacity", opacity ? "0.5" : "1");
      if (opacity) face.setAttribute("opacity", opacity);
      else face.removeAttribute("opacity");
    }
    for (const feed of feeds) paintFeed(feed, centre, filters);
  }

  function paintFeed(feed, centre, filters) {
    const touches = feed.dataset.from === centre || feed.dataset.to === centre;
    if (touches) {
      keep(feed, "stroke", NEAR);
      keep(feed, "stroke-width", "2");
    } else {
      restore(feed, "stroke");
      restore(feed, "stroke-width");
      feed.setAttribute("stroke-width", FEED_WIDTH);
    }
    const ends = [feed.dataset.from, feed.dataset.to].map((link) => byLink.get(link));
    const passes = ends.every((cell) => !cell || shows(filters, cell.dataset));
    if (!passes || (centre && !touches)) feed.setAttribute("opacity", passes ? "0.4" : "0.15");
    else feed.removeAttribute("opacity");
  }

  /** Of all cells one takes part in the order of the tab key; arrows go on from there. */
  function rove(cell) {
    for (const other of cells) other.setAttribute("tabindex", other === cell ? "0" : "-1");
  }

  function hover(event) {
    const link = event.target.closest(".cell")?.dataset.link || null;
    if (link === hovered) return;
    hovered = link;
    paint();
  }

  function pressed(event) {
    const cell = event.target.closest(".cell");
    if (event.key === "Escape") selection.select(null);
    if (!cell) return;
    if (event.key === "Enter" || event.key === " ") selection.select(cell.dataset.link);
    else if (!event.key.startsWith("Arrow")) return;
    else {
      const next = nextCell(cell, cells, event.key);
      if (next) {
        rove(next);
        next.focus();
        reveal(next);
      }
    }
    event.preventDefault();
  }

  function refresh(state) {
    const chosen = byLink.get(state.link);
    if (chosen) {
      rove(chosen);
      reveal(chosen);
    }
    for (const key of $$(".key", element)) {
      key.setAttribute("aria-pressed", String(state.filters[key.dataset.filter].has(key.dataset.value)));
    }
    for (const clear of $$("[data-clear-filter]", element)) clear.hidden = !isFiltered(state.filters);
    paint();
  }

  svg.addEventListener("click", (event) => {
    if (element.dataset.dragged) return;
    const cell = event.target.closest(".cell");
    selection.select(cell ? cell.dataset.link : null);
  });
  svg.addEventListener("pointerover", hover);
  svg.addEventListener("pointerleave", hover);
  element.addEventListener("keydown", pressed);
  element.addEventListener("click", (event) => {
    const key = event.target.closest(".key");
    if (key) selection.toggle(key.dataset.filter, key.dataset.value);
    if (event.target.closest("[data-clear-filter]")) {
      selection.filter({ status: new Set(), stage: new Set(), move: new Set(), q: "" });
    }
  });
  startZoom(element, svg);
  rove(cells[0]);
  selection.subscribe(refresh);
  refresh(selection.get());
}

function neighbours(feeds) {
  const near = new Map();
  const add = (one, other) => near.set(one, (near.get(one) || new Set()).add(other));
  for (const { dataset } of feeds) {
    add(dataset.from, dataset.to);
    add(dataset.to, dataset.from);
  }
  return near;
}

function reveal(cell) {
  const box = cell.getBoundingClientRect();
  const room = cell.closest(".map-scroll").getBoundingClientRect();
  const out = box.left < room.left || box.right > room.right || box.top < room.top || box.bottom > room.bottom;
  if (box.width && out) cell.scrollIntoView({ block: "nearest", inline: "nearest" });
}

/** The nearest cell in an arrow's direction; sideways counts double, so that columns are kept to. */
function nextCell(from, cells, key) {
  const middle = (cell) => {
    const box = cell.getBoundingClientRect();
    return [box.left + box.width / 2, box.top + box.height / 2];
  };
  const [x, y] = middle(from);
  const way = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] }[key];
  let best = null;
  let least = Infinity;
  for (const cell of cells) {
    const [dx, dy] = [middle(cell)[0] - x, middle(cell)[1] - y];
    const along = dx * way[0] + dy * way[1];
    const aside = Math.abs(dx * way[1]) + Math.abs(dy * way[0]);
    const cost = along + aside * 2;
    if (along > 4 && cost < least) [best, least] = [cell, cost];
  }
  return best;
}

/** Zoom by buttons and by the wheel with Ctrl; the ground can be dragged. */
function startZoom(element, svg) {
  const room = $(".map-scroll", element);
  const [, , width, height] = svg.getAttribute("viewBox").split(" ").map(Number);
  const scale = () => svg.getBoundingClientRect().width / width;

  function zoom(to) {
    const next = Math.min(MOST_ZOOM, Math.max(LEAST_ZOOM, to));
    const [across, down] = [room.scrollLeft + room.clientWidth / 2, room.scrollTop + room.clientHeight / 2];
    const factor = next / scale();
    svg.style.width = `${Math.round(width * next)}px`;
    svg.style.minWidth = "0";
    svg.style.maxWidth = "none";
    room.scrollTo(across * factor - room.clientWidth / 2, down * factor - room.clientHeight / 2);
  }

  function fitWidth() {
    svg.style.width = svg.style.minWidth = svg.style.maxWidth = "";
  }

  element.addEventListener("click", (event) => {
    const how = event.target.closest("[data-zoom]")?.dataset.zoom;
    if (how === "in") zoom(scale() * 1.25);
    if (how === "out") zoom(scale() / 1.25);
    if (how === "width") fitWidth();
    if (how === "whole") zoom(Math.min((room.clientWidth - 14) / width, (room.clientHeight - 14) / height));
  });
  room.addEventListener("wheel", (event) => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    zoom(scale() * (event.deltaY < 0 ? 1.1 : 1 / 1.1));
  }, { passive: false });
  startDragging(element, room);
}

function startDragging(element, room) {
  let from = null;
  room.addEventListener("pointerdown", (event) => {
    delete element.dataset.dragged;
    if (event.button !== 0 || event.pointerType === "touch") return;
    from = { x: event.clientX, y: event.clientY, left: room.scrollLeft, top: room.scrollTop };
  });
  addEventListener("pointermove", (event) => {
    if (!from) return;
    const [dx, dy] = [event.clientX - from.x, event.clientY - from.y];
    if (Math.abs(dx) + Math.abs(dy) < 5 && !element.dataset.dragged) return;
    // A drag is no click on the cell it began on.
    element.dataset.dragged = "1";
    room.classList.add("dragging");
    room.scrollTo(from.left - dx, from.top - dy);
  });
  addEventListener("pointerup", () => {
    from = null;
    room.classList.remove("dragging");
  });
}
