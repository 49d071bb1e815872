// Draws the neighbourhoods that a page has room for: every element "graph small" with the id of its entity.

import { $$ } from "./dom.js";
import { startSmallGraph } from "./graph_small.js";

for (const element of $$(".graph.small[data-node]")) {
  // The page tells the same in words: without the picture nothing is missing.
  startSmallGraph(element, { source: `/api/graph/around?node=${encodeURIComponent(element.dataset.node)}`, chain: element.dataset.chain }).catch(() => element.remove());
}
