// Hands a picture to the reader as a file: SVG as it stands, PNG painted of it.

import { word } from "./dom.js";

const FINE = 2;
const LARGEST = 8000;

/** Saves an SVG document as a file of a `kind`, "svg" or "png", which is twice as fine as the screen. */
export async function savePicture(svg, kind, name) {
  saved(kind === "svg" ? new Blob([svg], { type: "image/svg+xml" }) : await painted(svg), `${name}.${kind}`);
}

function saved(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

async function painted(svg) {
  const image = new Image();
  const source = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  try {
    await new Promise((resolve, reject) => {
      image.onload = resolve;
      image.onerror = () => reject(new Error(word("failed")));
      image.src = source;
    });
    const canvas = document.createElement("canvas");
    const fine = Math.min(FINE, LARGEST / Math.max(image.naturalWidth, image.naturalHeight));
    [canvas.width, canvas.height] = [image.naturalWidth * fine, image.naturalHeight * fine];
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve, reject) => {
      canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error(word("failed")))), "image/png");
    });
  } finally {
    URL.revokeObjectURL(source);
  }
}
