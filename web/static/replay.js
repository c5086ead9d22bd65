// In a replay the arrow keys go one event back or on, and the slider goes where it is let go.
const WAYS = { ArrowLeft: "prev", ArrowRight: "next" };
const TYPED = "input, select, textarea, summary, [tabindex='0']";

export function step(event) {
  const held = event.altKey || event.ctrlKey || event.metaKey || event.shiftKey;
  if (held || !WAYS[event.key] || event.target.closest(TYPED)) return;
  document.querySelector(`[data-steps] a[rel="${WAYS[event.key]}"]`)?.click();
}

export function slide(event) {
  if (!event.target.matches?.("[data-slides]")) return;
  const said = event.target.form.querySelector("output");
  if (said) said.value = event.target.value;
  if (event.type === "change") event.target.form.requestSubmit();
}
