"use strict";
// The text of an article: hovering names what is marked, statements jump to their words. Offsets are those that the
// server wrote beside each piece of text (code points), so nothing is counted here.
(() => {
  const text = document.querySelector("article");
  const names = document.getElementById("text").dataset;
  const tip = document.getElementById("tip");
  const pieces = [...document.querySelectorAll(".w[data-at]")];
  const statements = [...document.querySelectorAll("#statements li[data-spans]")];

  function light(spans, chosen) {
    let first = null;
    for (const piece of pieces) {
      const at = Number(piece.dataset.at);
      const lit = spans.some(([start, end]) => start <= at && at < end);
      piece.classList.toggle("lit", lit);
      if (lit && !first) first = piece;
    }
    for (const one of statements) one.classList.toggle("lit", one === chosen);
    if (first) first.scrollIntoView({ block: "center", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
  }

  const spansOf = (item) => item.dataset.spans.trim().split(" ").map((span) => span.split("-").map(Number));

  for (const item of statements) {
    item.addEventListener("click", (event) => {
      if (event.target.closest("a.entity")) return;
      event.preventDefault();
      const words = event.target.closest("a.words");
      if (words) history.replaceState(null, "", words.getAttribute("href"));
      light(spansOf(item), item);
    });
  }

  // An address may end in #char=12,15 (RFC 5147): those words are lit.
  function follow() {
    const match = /^#char=(\d+),(\d+)$/.exec(location.hash);
    if (!match) return;
    const span = [Number(match[1]), Number(match[2])];
    const same = statements.find((item) => spansOf(item).some(([start, end]) => start === span[0] && end === span[1]));
    light([span], same || null);
  }
  addEventListener("hashchange", follow);
  follow();

  function lines(mark) {
    const found = [];
    for (let one = mark; one && text.contains(one); one = one.parentElement.closest("mark")) {
      const line = document.createElement("p");
      const kind = document.createElement("small");
      kind.textContent = names[one.dataset.kind] || one.dataset.kind;
      line.append(kind, one.dataset.name);
      found.push(line);
    }
    return found;
  }

  let over = null;
  function point(mark) {
    if (over) over.classList.remove("over");
    over = mark;
    tip.hidden = !mark;
    if (!mark) return;
    mark.classList.add("over");
    tip.replaceChildren(...lines(mark));
    const box = mark.getClientRects()[0];
    const left = Math.min(box.left, document.documentElement.clientWidth - tip.offsetWidth - 8);
    const above = box.top - tip.offsetHeight - 6;
    tip.style.left = `${Math.max(8, left) + scrollX}px`;
    tip.style.top = `${(above > 60 ? above : box.bottom + 8) + scrollY}px`;
  }
  text.addEventListener("mouseover", (event) => point(event.target.closest("mark:not(.off)")));
  text.addEventListener("mouseleave", () => point(null));
  text.addEventListener("focusin", (event) => point(event.target.closest("mark:not(.off)")));
  text.addEventListener("focusout", () => point(null));

  for (const chip of document.querySelectorAll(".chip")) {
    chip.addEventListener("click", () => {
      const on = chip.getAttribute("aria-pressed") !== "true";
      chip.setAttribute("aria-pressed", String(on));
      for (const mark of document.querySelectorAll(`mark.${chip.dataset.kind}`)) mark.classList.toggle("off", !on);
    });
  }
})();
