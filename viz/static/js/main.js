// What every page does: switch the language of what is seen, find from everywhere ("/" goes to the search box).

import { url } from "./api.js";
import { $ } from "./dom.js";
import { pageOf, startSearchBox } from "./search_box.js";

$("#switch-lang")?.addEventListener("click", (event) => {
  event.preventDefault();
  const here = new URL(location.href);
  here.searchParams.set("lang", event.currentTarget.getAttribute("lang").slice(0, 2));
  location.assign(here);
});

const box = $("#search");
if (box) {
  startSearchBox(
    box,
    $("#search-hits"),
    (hit) => location.assign(url(pageOf(hit.kind, hit.id))),
    (text) => location.assign(url("/search", { q: text })),
  );
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    event.preventDefault();
    box.focus();
    box.select();
  });
}
