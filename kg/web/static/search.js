"use strict";
// Suggestions under the search box; without this the box still searches.
(() => {
  const box = document.getElementById("q");
  const list = document.getElementById("suggested");
  let asked = "";
  let at = -1;
  let timer = 0;
  let composing = false;

  function close() {
    list.hidden = true;
    at = -1;
    box.setAttribute("aria-expanded", "false");
  }

  function show(found) {
    list.replaceChildren(...found.map((one, i) => {
      const item = document.createElement("li");
      item.id = `suggested-${i}`;
      item.setAttribute("role", "option");
      const link = document.createElement("a");
      link.href = one.link;
      const name = document.createElement("span");
      name.textContent = one.name;
      const also = document.createElement("small");
      also.textContent = one.also;
      link.append(name, also);
      item.append(link);
      return item;
    }));
    list.hidden = !found.length;
    box.setAttribute("aria-expanded", String(!list.hidden));
    at = -1;
  }

  async function ask() {
    asked = box.value.trim();
    if (!asked) { close(); return; }
    const now = asked;
    const answer = await fetch(`/suggest?q=${encodeURIComponent(now)}`, { headers: { Accept: "application/json" } });
    if (answer.ok && now === asked && document.activeElement === box) show(await answer.json());
  }

  function move(by) {
    const items = [...list.children];
    if (!items.length || list.hidden) return;
    at = (at + by + items.length + (at < 0 && by < 0 ? 1 : 0)) % items.length;
    items.forEach((item, i) => item.setAttribute("aria-selected", String(i === at)));
    box.setAttribute("aria-activedescendant", items[at].id);
  }

  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(() => ask().catch(close), 120);
  };
  box.addEventListener("compositionstart", () => { composing = true; });
  box.addEventListener("compositionend", () => { composing = false; later(); });
  box.addEventListener("input", () => { if (!composing) later(); });
  box.addEventListener("blur", () => setTimeout(close, 150));
  box.addEventListener("keydown", (event) => {
    if (composing || event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Escape") close();
    else if (event.key === "Enter" && at >= 0 && !list.hidden) {
      event.preventDefault();
      location.assign(list.children[at].querySelector("a").href);
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.target.closest("input, textarea, select")) return;
    event.preventDefault();
    box.focus();
  });
})();
