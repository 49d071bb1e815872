// The map as it is seen, with selection and filter, as a file.

import { $, $$, toast } from "./dom.js";
import { savePicture } from "./save.js";

/** The map's SVG as a document of its own: with title and legend, without what only the page needs. */
function standing(svg) {
  const copy = svg.cloneNode(true);
  const whole = svg.dataset.whole;
  const [, , width, height] = whole.split(" ");
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.setAttribute("viewBox", whole);
  copy.setAttribute("width", width);
  copy.setAttribute("height", height);
  for (const element of [copy, ...$$("*", copy)]) {
    for (const { name } of [...element.attributes]) {
      const ours = name.startsWith("data-") || name.startsWith("aria-");
      if (ours || ["class", "tabindex", "role", "style"].includes(name)) element.removeAttribute(name);
    }
  }
  return new XMLSerializer().serializeToString(copy);
}

/** Lets the buttons with `data-picture` save what is seen: the map, or the graph where that is open. */
export function startPictures() {
  document.addEventListener("click", async (event) => {
    const kind = event.target.closest("[data-picture]")?.dataset.picture;
    if (!kind) return;
    try {
      if (!$("#view-graph").hidden) {
        const { saveGraph } = await import("./graph.js");
        await saveGraph(kind);
      } else {
        const map = $("svg.map");
        await savePicture(standing(map), kind, map.dataset.name);
      }
    } catch (error) {
      toast(error.message, true);
    }
  });
}
