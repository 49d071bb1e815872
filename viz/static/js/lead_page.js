// The page of one lead: its forms and dialogs.

import { $ } from "./dom.js";
import { startDialogs } from "./lead_dialogs.js";
import { startForms } from "./lead_forms.js";

$("#print").addEventListener("click", () => window.print());
if ($("#stage-dialog")) {
  startDialogs();
  startForms();
}
