// The map as it is seen, with selection and filter, as a file: SVG as it stands, PNG drawn from it at twice the size.

import { $, $$, toast, word } from "./dom.js";

const SCALE = 2;

/** The map's SVG as a document of its own: with title and legend, without what only the page needs. */
export function standing(svg) {
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

function saved(blob, name) {
  const address = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}

function drawn(source, width, height) {
  return new Promise((resolve, reject) => {
    const address = URL.createObjectURL(new Blob([source], { type: "image/svg+xml" }));
    const image = new Image(width, height);
    image.onload = () => {
      const canvas = document.createElement("canvas");
      canvas.width = Math.round(width * SCALE);
      canvas.height = Math.round(height * SCALE);
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
      URL.revokeObjectURL(address);
      canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error(word("failed")))), "image/png");
    };
    image.onerror = () => reject(new Error(word("failed")));
    image.src = address;
  });
}

/** Saves the map as `kind`, "svg" or "png". */
export async function saveMap(svg, kind) {
  const source = standing(svg);
  const name = `${svg.dataset.name}.${kind}`;
  if (kind === "svg") return saved(new Blob([source], { type: "image/svg+xml" }), name);
  const [, , width, height] = svg.dataset.whole.split(" ").map(Number);
  return saved(await drawn(source, width, height), name);
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
      } else await saveMap($("svg.map"), kind);
    } catch (error) {
      toast(error.message, true);
    }
  });
}
