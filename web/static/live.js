// A page that stays open is told when to look again: what is new, it fetches like any page.
// One that nobody sees listens to nothing, and looks again when it is seen.
const LATER = 30_000;
const from = new URL(import.meta.url).origin;
let source, part, later;
let looking = false;
let again = false;

export function listen() {
  const found = document.hidden ? null : document.querySelector("[data-live]");
  if (source && found === part && source.readyState !== EventSource.CLOSED) return;
  clearTimeout(later);
  source?.close();
  part = found;
  source = part && new EventSource(new URL(part.dataset.live, from));
  source?.addEventListener("news", part.querySelector("template") ? say : look);
  source?.addEventListener("error", () => {
    if (source?.readyState === EventSource.CLOSED) later = setTimeout(listen, LATER);
  });
}

// Where looking again would disturb, the reader is told that there is something new.
function say() {
  const template = part?.querySelector("template");
  if (template) part.replaceChildren(template.content);
}

async function look() {
  again = true;
  if (looking) return;
  looking = true;
  while (again) {
    again = false;
    await refresh().catch(() => {});
  }
  looking = false;
}

async function refresh() {
  const mine = part;
  const response = await fetch(location.href, { headers: { "Looks-Again": "1" } });
  if (response.redirected) return location.reload();
  const text = await response.text();
  if (!response.ok || mine !== part || !mine.isConnected) return;
  const held = mine.contains(document.activeElement);
  const select = `#${mine.id}`;
  await htmx.swap({ sourceElement: mine, target: mine, text, select, swap: "outerMorph show:none" });
  if (held && !document.activeElement?.closest(select)) document.querySelector(select)?.focus();
  const said = document.querySelector("[data-says]");
  if (said) said.textContent = said.dataset.says;
}
