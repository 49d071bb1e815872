// The ends of a path: picked from what is suggested, so that the path is asked for by id.

import { url } from "./api.js";
import { $, $$ } from "./dom.js";
import { startSearchBox } from "./search_box.js";

const form = $("#ends");
const ends = $$("input[role=combobox]", form);

/** What an end is asked for by: the id of what was picked, else what is written. */
function named(input) {
  return input.dataset.id || input.value.trim();
}

function find() {
  const [start, end] = ends.map(named);
  if (start && end) location.assign(url("/path", { start, end }));
  else ends.find((input) => !named(input))?.focus();
}

ends.forEach((input, at) => {
  startSearchBox(input, $(`#${input.name}-hits`), (hit) => {
    input.value = hit.name;
    input.dataset.id = hit.id;
    const other = ends[1 - at];
    if (named(other)) find();
    else other.focus();
  });
  input.addEventListener("input", () => {
    delete input.dataset.id;
  });
});

form.addEventListener("submit", (event) => {
  event.preventDefault();
  find();
});

$("#swap").addEventListener("click", () => {
  const [start, end] = ends.map((input) => ({ value: input.value, id: input.dataset.id }));
  [[ends[0], end], [ends[1], start]].forEach(([input, other]) => {
    input.value = other.value;
    if (other.id) input.dataset.id = other.id;
    else delete input.dataset.id;
  });
  if (ends.every(named)) find();
});
