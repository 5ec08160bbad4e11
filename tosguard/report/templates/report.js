"use strict";
(() => {
  const cards = [...document.querySelectorAll(".finding")].map((node) => ({
    node,
    details: node.querySelector(".details"),
    button: node.querySelector(".toggle"),
    text: null,
  }));
  const byId = new Map(cards.map((card) => [card.node.id, card]));
  const groups = [...document.querySelectorAll(".clause, .provider")];
  const form = cards.length > 1 ? document.getElementById("filters") : null;
  const status = document.getElementById("shown");
  const fields = form ? [...form.querySelectorAll("select")] : [];
  const search = document.getElementById("search");

  const show = (card, open) => {
    card.node.classList.toggle("open", open);
    if (open) card.details.removeAttribute("hidden");
    else card.details.setAttribute("hidden", "until-found");
    card.button.setAttribute("aria-expanded", String(open));
  };

  const textOf = (card) => (card.text ??= card.node.textContent.toLowerCase());

  const filter = () => {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const wanted = fields.filter((field) => field.value).map((field) => [field.name, field.value]);
    const kept = cards.filter((card) => {
      const fits = wanted.every(([name, value]) => card.node.dataset[name] === value)
        && words.every((word) => textOf(card).includes(word));
      if (card.node.hidden === fits) card.node.hidden = !fits;
      return fits;
    });
    const live = new Set();
    for (const card of kept) {
      live.add(card.node.closest(".clause"));
      live.add(card.node.closest(".provider"));
    }
    for (const group of groups) group.hidden = !live.has(group);
    status.textContent = kept.length === cards.length
      ? `All ${cards.length} findings shown` : `${kept.length} of ${cards.length} findings shown`;
  };

  const clear = () => {
    form.reset();
    filter();
  };

  const reveal = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const card = target && byId.get(target.closest(".finding")?.id);
    if (target?.closest("[hidden]:not(.details)")) clear();
    if (card) show(card, true);
    if (target) target.scrollIntoView();
  };

  for (const card of cards) {
    card.button.hidden = false;
    card.button.addEventListener("click", () => show(card, !card.node.classList.contains("open")));
    card.details.addEventListener("beforematch", () => show(card, true));
    show(card, cards.length <= 5);
  }

  if (form) {
    let waiting = 0;
    form.hidden = false;
    search.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(filter, 120);
    });
    form.addEventListener("change", filter);
    form.addEventListener("submit", (event) => { event.preventDefault(); filter(); });
    document.getElementById("clear").addEventListener("click", clear);
    document.getElementById("expand").addEventListener("click", () => cards.forEach((card) => show(card, true)));
    document.getElementById("collapse").addEventListener("click", () => cards.forEach((card) => show(card, false)));
    filter();
  }
  const save = document.getElementById("save");
  save.hidden = false;
  const embedded = async () => {
    const holder = document.getElementById("report-data");
    if (!holder.dataset.encoding) return holder.textContent;
    const bytes = Uint8Array.from(atob(holder.textContent), (letter) => letter.charCodeAt(0));
    return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).text();
  };
  save.addEventListener("click", async () => {
    const data = JSON.stringify(JSON.parse(await embedded()), null, 2) + "\n";
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([data], { type: "application/json" }));
    link.download = "tosguard-report.json";
    link.click();
    URL.revokeObjectURL(link.href);
  });
  addEventListener("hashchange", reveal);
  if (location.hash) reveal();
})();
