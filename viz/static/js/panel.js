// The panel beside the map: the list of gaps, or the link that is selected.

import { getFragment } from "./api.js";
import { startAccepting } from "./accepting.js";
import { $, $$, h, pageData } from "./dom.js";
import { selection } from "./selection.js";

/** Which sections the reader has folded; the next link opens the same way. */
const folded = new Map();

/** Keeps the panel in `element` in step with what is selected in a chain. */
export function startPanel(element, chain) {
  const list = $(".gap-list", element);
  let asking = null;

  function panel() {
    return $(".link-panel", element);
  }

  function put(made) {
    panel()?.remove();
    if (made) element.append(made);
    if (list) list.hidden = Boolean(made);
    element.scrollTop = 0;
    for (const [key, open] of folded) {
      for (const fold of $$(`details[data-fold="${key}"]`, element)) fold.open = open;
    }
  }

  async function fetched(link, signal) {
    const kept = $$("template[data-panel]").find((template) => template.dataset.panel === link);
    if (kept) return kept.content.cloneNode(true);
    if (pageData.page.offline) return null;
    const path = `/chains/${encodeURIComponent(chain)}/links/${encodeURIComponent(link)}/panel`;
    // Written and escaped by our own server.
    return document.createRange().createContextualFragment(await getFragment(path, {}, signal));
  }

  async function show(link) {
    asking?.abort();
    asking = null;
    if (!link) return showList();
    if (panel()?.dataset.link === link) return;
    const within = element.contains(document.activeElement);
    const request = new AbortController();
    asking = request;
    element.setAttribute("aria-busy", "true");
    let made;
    try {
      made = await fetched(link, request.signal);
    } catch (error) {
      if (error.name === "AbortError") return;
      made = failed(link, error);
    }
    if (asking !== request) return;
    asking = null;
    element.removeAttribute("aria-busy");
    put(made);
    // Who came from within the panel reads on there; who came from the map stays there.
    if (within) $(".link-panel h2", element)?.focus();
  }

  function showList() {
    const before = panel()?.dataset.link;
    const within = element.contains(document.activeElement);
    element.removeAttribute("aria-busy");
    put(null);
    if (!before) return;
    // On the tab of gaps the panel goes away with the link, and its row is in the other table.
    const rows = $$(".gap-view tr[data-link]").filter((row) => row.dataset.link === before);
    const row = rows.find((each) => each.offsetParent !== null);
    row?.scrollIntoView({ block: "nearest" });
    if (within && row) $("a", row).focus();
  }

  function failed(link, error) {
    const back = element.dataset.back || "\u2190";
    return h("article", { class: "link-panel", "data-link": link }, [
      h("p", {}, h("button", { type: "button", "data-back": true }, back)),
      h("p", { class: "notice warn", role: "alert" }, error.message),
    ]);
  }

  element.addEventListener("click", (event) => {
    const onward = event.target.closest(".link-panel a[data-select]");
    if (event.target.closest("button[data-back]")) selection.select(null);
    else if (onward && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      selection.select(onward.dataset.select);
    }
  });
  element.addEventListener("toggle", (event) => {
    if (event.target.dataset.fold) folded.set(event.target.dataset.fold, event.target.open);
  }, true);
  element.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && panel() && !event.target.matches("input")) selection.select(null);
  });
  startAccepting(element);
  selection.subscribe((state) => show(state.link));
  show(selection.get().link);
}
