// The users page: adds a user, gives a role or a password, removes.

import { send } from "./api.js";
import { $, $$, pageData, toast } from "./dom.js";

const words = pageData.page;
const user = (name) => `/api/users/${encodeURIComponent(name)}`;

async function write(path, body, method) {
  await send(path, body, method);
  // The server lays the list out anew; who has just added the first user is asked to sign in.
  location.reload();
}

/** Sends a form's fields once both passwords are the same; what is wrong stands in the form. */
function onSubmit(form, path, method) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const told = $("[data-problem]", form);
    const { again, ...fields } = Object.fromEntries(new FormData(form));
    told.textContent = again === fields.password ? "" : words.again;
    if (told.textContent) return;
    try {
      await write(path(), fields, method);
    } catch (error) {
      told.textContent = error.message;
    }
  });
}

onSubmit($("#add-user"), () => "/api/users", "POST");

const dialog = $("#reset");
let resetting = "";
onSubmit($("form", dialog), () => user(resetting), "PATCH");
$("[data-close]", dialog).addEventListener("click", () => dialog.close());

for (const button of $$("[data-password]")) {
  button.addEventListener("click", () => {
    resetting = button.dataset.password;
    $("[data-name]", dialog).textContent = resetting;
    $("form", dialog).reset();
    $("[data-problem]", dialog).textContent = "";
    dialog.showModal();
  });
}

for (const button of $$("[data-remove]")) {
  button.addEventListener("click", () => {
    if (!confirm(`${button.dataset.remove}: ${words.remove}`)) return;
    write(user(button.dataset.remove), {}, "DELETE").catch((error) => toast(error.message, true));
  });
}

for (const select of $$("[data-role]")) {
  const before = select.value;
  select.addEventListener("change", () => {
    write(user(select.dataset.role), { role: select.value }, "PATCH").catch((error) => {
      select.value = before;
      toast(error.message, true);
    });
  });
}
