// Narrows the list of localities while somebody writes. Without it, the whole list is there.
(() => {
  "use strict";
  const form = document.querySelector("form.find");
  if (!form) return;
  const field = form.querySelector("input");
  const status = form.querySelector("[role=status]");
  const groups = [...document.querySelectorAll("#steder details")];
  // «Røros» is found by «røros» and by «roros», «Kárášjohka» by «karasjohka».
  const plain = (text) =>
    text.toLowerCase().replace(/æ/g, "ae").replace(/ø/g, "o").replace(/å/g, "a").replace(/đ/g, "d").replace(/ŋ/g, "n").replace(/ŧ/g, "t")
      .normalize("NFD").replace(/\p{M}/gu, "");
  const places = groups.flatMap((group) => [...group.querySelectorAll("li")].map((item) => ({ item, group, name: plain(item.querySelector("a").textContent) })));

  const narrow = () => {
    const asked = plain(field.value.trim());
    const hits = places.filter(({ name }) => name.includes(asked));
    const found = new Set(hits.map(({ item }) => item));
    const open = new Set(hits.map(({ group }) => group));
    for (const { item } of places) item.hidden = !found.has(item);
    for (const group of groups) {
      group.hidden = !open.has(group);
      group.open = asked !== "" && open.has(group);
    }
    status.textContent = asked === "" ? "" : hits.length ? form.dataset.hits.replace("{n}", hits.length) : form.dataset.none;
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const first = places.find(({ item }) => !item.hidden);
    if (field.value.trim() && first) first.item.querySelector("a").focus();
  });
  field.addEventListener("input", narrow);
  form.hidden = false;
  narrow();
})();
