// The page of one link: its leads can be accepted, its neighbourhood is drawn.

import { startAccepting } from "./accepting.js";
import { $, pageData } from "./dom.js";

const main = $("main");
startAccepting(main);

const around = $(".graph[data-node]", main);
if (around) {
  import("./graph.js").then(
    ({ startGraph }) => startGraph(around, { source: `/api/graph/around?node=${encodeURIComponent(around.dataset.node)}`, chain: pageData.page.chain, expandable: false }),
    () => around.closest(".around").remove(),
  );
}
