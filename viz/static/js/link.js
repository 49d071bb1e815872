// The page of one link: its leads can be accepted.

import { startAccepting } from "./accepting.js";
import { $ } from "./dom.js";

startAccepting($("main"));
