/* One thing that a learner does in a frame: answer what is not answered, send it, go on. Returns what was done, or "".
   It knows nothing of the content: it looks for what people look for, by what stands on buttons and links. */
(() => {
  "use strict";
  const done = (window.__learner ??= { clicked: new WeakSet(), links: new Set() });
  const SEND = /\b(svar|sjekk|kontroll|lever|send|submit|check|answer|confirm|bekreft|ok|grade|vis resultat)/i;
  const ON = /(\bneste\b|\bnext\b|fortsett|\bcontinue\b|\bstart|\bbegin|gå videre|\bforward\b|^\s*(›|»|→|>|>>)\s*$)/i;
  const AWAY = /(logg ut|log ?out|\bexit\b|avslutt|\bclose\b|\blukk\b|skriv ut|\bprint|last ned|download|slett|delete|reset|nullstill|tøm)/i;

  const seen = (element) => element.checkVisibility?.({ checkOpacity: true, checkVisibilityCSS: true }) ?? element.offsetParent !== null;
  const free = (element) => !element.disabled && element.getAttribute("aria-disabled") !== "true" && seen(element);
  const called = (element) => (element.getAttribute("aria-label") || element.innerText || element.value || element.title || "").trim().slice(0, 80);
  const tell = (element) => ["input", "change"].forEach((name) => element.dispatchEvent(new Event(name, { bubbles: true })));
  const all = (selector) => Array.from(document.querySelectorAll(selector)).filter(free);

  const words = { number: "1", date: "2026-01-15", time: "12:00", email: "kari@example.org", url: "https://example.org", tel: "22334455", color: "#000000" };
  for (const field of all("input, textarea, select")) {
    if (done.clicked.has(field)) continue;
    done.clicked.add(field);
    const type = field.type;
    if (type === "radio" || type === "checkbox") {
      const group = document.getElementsByName(field.name);
      if (!field.checked && !Array.from(group).some((other) => other.checked)) {
        field.click();
        return `chose ${called(field) || field.name || type}`;
      }
    } else if (field.tagName === "SELECT") {
      const option = Array.from(field.options).find((each) => !each.disabled && each.value && !each.selected);
      if (option) {
        field.value = option.value;
        tell(field);
        return `selected ${option.text.slice(0, 40)}`;
      }
    } else if (!["hidden", "submit", "button", "reset", "image", "file", "range", "password"].includes(type) && !field.readOnly) {
      field.value = words[type] ?? "Svar";
      tell(field);
      return `wrote in ${field.name || field.id || type}`;
    }
  }

  const buttons = all("button, input[type=submit], input[type=button], [role=button], a[href], area[href]");
  const is = (pattern) => (element) => pattern.test(called(element)) && !AWAY.test(called(element));
  const isNew = (element) => {
    const href = element.getAttribute("href");
    return href ? !done.links.has(element.href) : !done.clicked.has(element);
  };
  const leads = (element) => {
    const href = element.getAttribute("href");
    return href === null || (element.origin === location.origin && !element.hasAttribute("download") && element.protocol !== "javascript:" ) || href.startsWith("javascript:");
  };
  const usable = buttons.filter((element) => leads(element) && !AWAY.test(called(element)));
  // "Next" is pressed again and again, as long as pressing it leads somewhere new: the caller sees to that.
  const choice = usable.filter(isNew).find(is(SEND)) ?? usable.find((element) => is(ON)(element) && (isNew(element) || !element.href)) ?? usable.filter(isNew).at(0);
  if (!choice) return "";
  done.clicked.add(choice);
  if (choice.href) done.links.add(choice.href);
  const name = called(choice) || choice.tagName.toLowerCase();
  choice.click();
  return `pressed ${name}`;
})()
