// Starts the components of GOV.UK Frontend, again after htmx has put a new page in.
import { initAll } from "./vendor/govuk-frontend.js";
import { listen } from "./live.js";
import { slide, step } from "./replay.js";

function start() {
  document.body.classList.add("js-enabled", "govuk-frontend-supported");
  initAll();
  listen();
}

start();
document.addEventListener("htmx:after:swap", start);
document.addEventListener("visibilitychange", listen);
document.addEventListener("keydown", step);
document.addEventListener("input", slide);
document.addEventListener("change", slide);
