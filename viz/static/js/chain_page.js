// A chain's page: starts map, graph, table and panel, and keeps its tabs and tools in step with the URL.

import { asked, tell } from "./address.js";
import { url } from "./api.js";
import { $, $$, pageData, toast, word } from "./dom.js";
import { startGapTable } from "./gap_table.js";
import { startMap } from "./map.js";
import { startPanel } from "./panel.js";
import { startPictures } from "./pictures.js";
import { parameters, selection } from "./selection.js";

const VIEWS = ["map", "graph", "gaps"];
const { chain, graph_source: graphSource, offline } = pageData.page;
let graphStarted = false;

function shown() {
  const view = asked("view");
  return VIEWS.includes(view) ? view : "map";
}

function show(view) {
  for (const name of VIEWS) {
    const section = $(`#view-${name}`);
    if (section) section.hidden = name !== view;
  }
  for (const tab of $$("#tabs [data-view]")) {
    if (tab.dataset.view === view) tab.setAttribute("aria-current", "page");
    else tab.removeAttribute("aria-current");
  }
  makeRoom();
  if (view === "graph") startGraphOnce();
}

/** The table of gaps needs no list of gaps beside it. */
function makeRoom() {
  document.body.classList.toggle("roomy", shown() === "gaps" && !selection.get().link);
}

/** The graph's code is fetched when somebody first looks at it. */
async function startGraphOnce() {
  if (graphStarted) return;
  graphStarted = true;
  try {
    const { startGraph } = await import("./graph.js");
    const source = offline ? pageData.page.graph : graphSource;
    await startGraph($("#view-graph"), { source, chain, selection, expandable: !offline });
  } catch (error) {
    graphStarted = false;
    toast(error.message, true);
  }
}

/** A page of another chain, region or day, with everything else that stands in the URL. */
function navigate(form) {
  const next = new URL(location.href);
  const told = new FormData(form);
  const other = told.get("chain");
  if (other !== chain) {
    next.pathname = `/chains/${encodeURIComponent(other)}`;
    next.searchParams.delete("link");
  }
  for (const name of ["region", "as_of"]) {
    const value = String(told.get(name) || "").trim();
    // The day that is shown is today's where none was asked for: it is asked for once somebody changes it.
    if (value === form.elements[name].defaultValue) continue;
    if (value) next.searchParams.set(name, value);
    else next.searchParams.delete(name);
  }
  if (next.href !== location.href) location.assign(next);
}

function startAsking(form) {
  if (!form) return;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    navigate(form);
  });
  form.elements.chain.addEventListener("change", () => navigate(form));
  form.elements.region.addEventListener("change", () => navigate(form));
  // A day that is being typed is not complete at every change.
  form.elements.as_of.addEventListener("change", (event) => {
    if (!event.target.value || event.target.value > "1900") navigate(form);
  });
}

function startTabs() {
  $("#tabs")?.addEventListener("click", (event) => {
    const tab = event.target.closest("[data-view]");
    if (!tab || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    tell({ view: tab.dataset.view === "map" ? null : tab.dataset.view }, true);
    show(tab.dataset.view);
  });
  addEventListener("popstate", () => show(shown()));
}

async function share() {
  try {
    await navigator.clipboard.writeText(location.href);
    toast(word("copied"));
  } catch {
    // No clipboard without https: the link to be copied by hand.
    const box = $("#share-box");
    $("input", box).value = location.href;
    box.showModal();
    $("input", box).select();
  }
}

function startMenu() {
  const menu = $("#export-menu");
  if (!menu) return;
  document.addEventListener("click", (event) => {
    if (!menu.contains(event.target) || event.target.closest(".menu-list > *")) menu.open = false;
  });
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    event.stopPropagation();
    menu.open = false;
    $("summary", menu).focus();
  });
  const files = $$('a[data-follows="filters"]', menu).map((link) => ({ link, path: new URL(link.href).pathname }));
  const address = () => files.forEach(({ link, path }) => {
    link.href = url(path, { ...parameters(), sort: asked("sort") });
  });
  menu.addEventListener("toggle", address);
  selection.subscribe(address);
  address();
}

/** The panel can be folded away for a wider stage; a link that is selected opens it again. */
function startFolding() {
  const button = $("#fold-panel");
  const fold = (folded) => {
    document.body.classList.toggle("folded", folded);
    button.setAttribute("aria-pressed", String(!folded));
  };
  button?.addEventListener("click", () => fold(!document.body.classList.contains("folded")));
  if (button) selection.subscribe((state) => state.link && fold(false));
}

startTabs();
startFolding();
startAsking($("#asking"));
startMenu();
startPictures();
$("#share")?.addEventListener("click", share);
$("#print")?.addEventListener("click", () => print());
if ($("#view-map svg")) startMap($("#view-map"));
if ($("#view-gaps table")) startGapTable($("#view-gaps"));
if ($("#panel .gap-list")) startGapTable($("#panel"));
startPanel($("#panel"), chain);
selection.subscribe(makeRoom);
show(shown());
