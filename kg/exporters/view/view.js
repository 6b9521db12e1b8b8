// The state of the view, kept in the address bar, and what people do to it.
// `id` is chosen; `around` is the middle of the neighbourhood of `steps` steps, if only that is drawn.
const state = { id: null, around: null, steps: 0, line: null, article: null, limit: 0, tile: null, kinds: new Set(),
  predicates: new Set(), from: 0, to: PERIODS.length - 1 };
const byId = (id) => document.getElementById(id);
const narrow = matchMedia("(max-width: 760px)");
let drawn = ""; // what the picture shows, to leave it alone when only the choice changes

function address() {
  const parts = new URLSearchParams();
  if (state.id !== null) parts.set("id", addressOf(entities[state.id]));
  if (state.around !== null) parts.set("steps", state.steps);
  if (state.around !== null && state.around !== state.id) parts.set("around", addressOf(entities[state.around]));
  if (state.limit) parts.set("limit", LIMITS[state.limit]);
  if (state.tile) parts.set("city", state.tile);
  if (state.kinds.size) parts.set("hide", [...state.kinds].sort().join(","));
  if (state.predicates.size) parts.set("without", [...state.predicates].sort().join(","));
  if (!whole()) parts.set("from", PERIODS[state.from]);
  if (!whole()) parts.set("to", PERIODS[state.to]);
  if (language) parts.set("lang", "en");
  return [...parts].map(([name, value]) => `${name}=${encodeURIComponent(value).replaceAll("%2F", "/").replaceAll("%2C", ",")}`)
    .join("&");
}

function readAddress() {
  const parts = new URLSearchParams(location.hash.slice(1));
  const list = (name, known) => new Set((parts.get(name) || "").split(",").filter((one) => known.includes(one)));
  const period = (name, otherwise) => (periodNumber.has(parts.get(name)) ? periodNumber.get(parts.get(name)) : otherwise);
  const id = addresses.get(parts.get("id")) ?? null;
  const wanted = Math.min(2, Math.max(0, Math.floor(Number(parts.get("steps"))) || 0));
  const around = wanted ? addresses.get(parts.get("around")) ?? id : null;
  Object.assign(state, { id, around, steps: around === null ? 0 : wanted, line: null, article: null,
    limit: Math.max(0, LIMITS.indexOf(Number(parts.get("limit")))),
    tile: tiles.some((tile) => tile.code === parts.get("city")) ? parts.get("city") : null,
    kinds: list("hide", KINDS), predicates: list("without", PREDICATES), from: period("from", 0),
    to: period("to", PERIODS.length - 1) });
  if (state.from > state.to) Object.assign(state, { from: 0, to: PERIODS.length - 1 });
  language = parts.get("lang") === "en" ? 1 : 0;
  speak();
}

// Changes the state, as a step that the browser's back button undoes.
function go(change) {
  Object.assign(state, { line: null, article: null }, change);
  if (`#${address()}` !== location.hash && (address() || location.hash)) {
    history.pushState(null, "", `#${address()}`);
  }
  update();
}

const choose = (id) => go({ id });
const focus = (id, steps) => go({ id, around: steps ? id : null, steps });
const clear = () => go(state.line || state.article !== null ? {} : { id: null });
const leave = () => go({ around: null, steps: 0 });

function showArticle(article) {
  Object.assign(state, { article, line: null });
  update();
}

const ratio = () => Math.round((8 * stage.clientWidth) / Math.max(1, stage.clientHeight)) / 8;

function placesFor(shown, ring) {
  const wide = ratio() > 0.75;
  if (!ring && shown.every((id) => entities[id].first !== undefined)) {
    const members = new Map();
    for (const id of shown) members.set(entities[id].first, [...(members.get(entities[id].first) || []), id]);
    members.delete(-1);
    return { islands: [...members].map(([centre, ids]) => ids.sort((a, b) => (b === centre) - (a === centre))),
      places: new Map(shown.map((id) => [id, wide ? entities[id].wide : entities[id].tall])) };
  }
  return arrange(shown, stage.clientWidth / Math.max(1, stage.clientHeight - picture.covered), ring);
}

function update() {
  let { found, ring } = passing();
  const limit = LIMITS[state.limit];
  if (state.id !== null && !found.slice(0, limit).some((entity) => entity.id === state.id)) {
    Object.assign(state, { around: state.id, steps: 1 }); // outside the picture: opens with its neighbours
    ({ found, ring } = passing());
  }
  const base = found.slice(0, limit);
  const shown = base.filter((entity) => !state.kinds.has(entity.kind) || entity.id === state.id).map((entity) => entity.id);
  document.body.classList.toggle("chosen", state.id !== null || state.line !== null || state.article !== null);
  if (state.id !== null) document.body.classList.remove("filtering");
  showPanel();
  showFilters(found);
  showStatus(found.length, base.length);
  picture.covered = narrow.matches && document.body.classList.contains("chosen") ? panel.offsetHeight - 46 : 0;
  const key = [ratio(), state.around, state.steps, state.tile, ...base.map((entity) => entity.id)].join();
  const whichLines = [shown.join(), state.from, state.to, ...state.predicates].join("|");
  if (drawn !== `${key}/${whichLines}`) {
    const places = placesFor(base.map((entity) => entity.id), ring);
    const visible = new Set(shown);
    draw({ ids: shown, around: state.around, lines: linesOf(shown), places: places.places,
      islands: places.islands.map((ids) => ids.filter((id) => visible.has(id))) });
    if (drawn.split("/")[0] !== key) fit();
    drawn = `${key}/${whichLines}`;
  }
  const line = state.line && picture.lines.find((one) => one.id === state.line.id);
  mark(state.id, line || null);
  const hash = address();
  if (`#${hash}` !== location.hash && (hash || location.hash)) history.replaceState(null, "", `#${hash}`);
  if (state.id !== null && !state.line) reveal(state.id);
}

function showStatus(all, base) {
  const next = LIMITS[state.limit + 1];
  const parts = [el("span", {}, word("shown", { n: count(base), all: count(entities.length) }))];
  if (!all) parts.push(el("b", {}, word("nothing")));
  if (all > base) {
    parts.push(el("span", {}, word("hidden", { n: count(all - base) })));
    if (next) {
      parts.push(el("button", { type: "button", id: "more", click: () => go({ limit: state.limit + 1, line: state.line }) },
        word("more", { n: count(Math.min(next, all) - base) })));
    } else parts.push(el("span", {}, word("limit", { n: count(LIMITS[state.limit]) })));
  }
  if (state.limit) parts.push(el("button", { type: "button", click: () => go({ limit: 0 }) }, word("fewer")));
  byId("status").replaceChildren(...parts);
  const tile = tiles.find((one) => one.code === state.tile);
  const name = state.around !== null ? entities[state.around].name : tile && tile.name;
  byId("focus").hidden = !name;
  if (!name) return;
  const close = () => (state.around !== null ? leave() : go({ tile: null }));
  const level = [1, 2].map((n) => el("button", { type: "button", "aria-pressed": String(state.steps === n),
    click: () => focus(state.around, n) }, word(`steps.${n}`)));
  byId("focus").replaceChildren(el("button", { type: "button", id: "back", click: close }, `← ${word("back")}`),
    el("b", {}, state.around !== null ? word("focus", { name: short(name) }) : name), ...(state.around !== null ? level : []));
}

// Search.
const input = byId("search");
const list = byId("found");
let at = -1;
function showFound() {
  const found = find(input.value, 12);
  at = found.length ? 0 : -1;
  list.replaceChildren(...found.map((entity, i) => el("li", { role: "option", id: `found-${i}`, "data-id": entity.id,
    "aria-selected": String(i === 0), mousedown: (event) => event.preventDefault(), click: () => pick(i) },
  icon(entity.kind), el("span", {}, entity.name),
  el("small", {}, entity.also.length ? entity.also[0] : word(`${entity.kind}.one`)))));
  if (!found.length && input.value.trim()) list.append(el("li", { class: "none" }, word("search.none")));
  list.hidden = !input.value.trim();
  input.setAttribute("aria-expanded", String(!list.hidden));
  move(0);
}

function move(by) {
  const options = [...list.querySelectorAll("[role=option]")];
  if (!options.length) return;
  at = (at + by + options.length) % options.length;
  options.forEach((option, i) => option.setAttribute("aria-selected", String(i === at)));
  options[at].scrollIntoView({ block: "nearest" });
  input.setAttribute("aria-activedescendant", `found-${at}`);
}

function pick(i) {
  const option = list.querySelectorAll("[role=option]")[i];
  if (!option) return;
  closeSearch();
  choose(Number(option.dataset.id));
  stage.focus();
}

function closeSearch() {
  input.value = "";
  showFound();
  input.blur();
}

let composing = false;
input.addEventListener("compositionstart", () => { composing = true; });
input.addEventListener("compositionend", () => { composing = false; showFound(); });
input.addEventListener("input", () => { if (!composing) showFound(); });
input.addEventListener("blur", () => { list.hidden = true; });
input.addEventListener("focus", () => { if (input.value) showFound(); });
input.addEventListener("keydown", (event) => {
  if (composing || event.isComposing) return;
  const acts = { ArrowDown: () => move(1), ArrowUp: () => move(-1), Enter: () => pick(at), Escape: closeSearch };
  if (!acts[event.key]) return;
  event.preventDefault();
  event.stopPropagation();
  acts[event.key]();
});

// The nearest entity in the direction of an arrow key.
function step(dx, dy) {
  if (state.id === null || !picture.places.has(state.id)) {
    if (picture.ids.length) choose(picture.ids[0]);
    return;
  }
  const [x, y] = picture.places.get(state.id);
  let best = [Infinity, null];
  for (const id of picture.ids) {
    const [along, across] = [(picture.places.get(id)[0] - x) * dx + (picture.places.get(id)[1] - y) * dy,
      Math.abs((picture.places.get(id)[0] - x) * dy) + Math.abs((picture.places.get(id)[1] - y) * dx)];
    if (along > 0 && along + 2 * across < best[0]) best = [along + 2 * across, id];
  }
  if (best[1] !== null) choose(best[1]);
}

function escape() {
  if (!byId("export-menu").hidden) openMenu(false);
  else if (document.body.classList.contains("filtering")) document.body.classList.remove("filtering");
  else if (state.line || state.article !== null) clear();
  else if (state.around !== null) leave();
  else if (state.id !== null) clear();
  else fit(glide());
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const typing = event.target.closest && event.target.closest("input, select, textarea");
  if (event.key === "Escape") escape();
  else if (event.key === "/" && !typing) {
    event.preventDefault();
    input.focus();
  } else if (event.target === stage || event.target === document.body) {
    const acts = { ArrowLeft: () => step(-1, 0), ArrowRight: () => step(1, 0), ArrowUp: () => step(0, -1),
      ArrowDown: () => step(0, 1), Enter: () => state.id !== null && focus(state.id, state.around === state.id ? 2 : 1),
      "+": () => zoom(1.3), "-": () => zoom(1 / 1.3) };
    if (!acts[event.key]) return;
    event.preventDefault();
    acts[event.key]();
  }
});

network.on("click", (event) => {
  stage.focus({ preventScroll: true });
  if (event.nodes.length) choose(event.nodes[0]);
  else if (event.edges.length) {
    state.line = picture.lines.find((line) => line.id === event.edges[0]);
    state.article = null;
    update();
  } else if (state.line || state.article !== null || state.id !== null) clear();
});
network.on("doubleClick", (event) => { if (event.nodes.length) focus(event.nodes[0], 1); });

function openMenu(open) {
  byId("export-menu").hidden = !open;
  byId("export-button").setAttribute("aria-expanded", String(open));
}
byId("export-button").addEventListener("click", () => openMenu(byId("export-menu").hidden));
document.addEventListener("click", (event) => { if (!event.target.closest(".menu")) openMenu(false); });
for (const [id, act] of [["png", savePicture], ["csv", saveTable], ["print", () => window.print()]]) {
  byId(id).addEventListener("click", () => { openMenu(false); act(); });
}
byId("zoom-in").addEventListener("click", () => zoom(1.4));
byId("zoom-out").addEventListener("click", () => zoom(1 / 1.4));
byId("zoom-fit").addEventListener("click", () => fit(glide()));
byId("filter-button").addEventListener("click", () => document.body.classList.toggle("filtering"));
document.querySelector("[data-close=filters]").addEventListener("click", () => document.body.classList.remove("filtering"));
byId("reset").addEventListener("click", () => go({ tile: null, kinds: new Set(), predicates: new Set(), from: 0,
  to: PERIODS.length - 1 }));
byId("language").addEventListener("click", () => {
  language = 1 - language;
  speak();
  update();
});

const dark = matchMedia("(prefers-color-scheme: dark)");
function dress(theme) {
  document.documentElement.dataset.theme = theme;
  readInk();
  mark(state.id, state.line);
  network.redraw();
}
byId("theme").addEventListener("click", () => dress(document.documentElement.dataset.theme === "dark" ? "light" : "dark"));
dark.addEventListener("change", () => dress(dark.matches ? "dark" : "light"));
let before = "";
addEventListener("beforeprint", () => { before = document.documentElement.dataset.theme; dress("light"); });
addEventListener("afterprint", () => dress(before));
addEventListener("popstate", () => { readAddress(); update(); });
addEventListener("hashchange", () => { readAddress(); update(); });
let sized = `${stage.clientWidth} ${stage.clientHeight}`;
new ResizeObserver(() => {
  if (sized !== `${stage.clientWidth} ${stage.clientHeight}`) update();
  sized = `${stage.clientWidth} ${stage.clientHeight}`;
}).observe(stage);

stage.dataset.font = getComputedStyle(document.body).fontFamily;
dress(dark.matches ? "dark" : "light");
readAddress();
update();

// For tests and pages that embed this one: where on the page an entity (reform/一网通办) or the middle of a line stands.
window.pointOf = (address, end = address) => {
  const places = [address, end].map((one) => picture.places.get(addresses.get(one)));
  const { x, y } = network.canvasToDOM({ x: (places[0][0] + places[1][0]) / 2, y: (places[0][1] + places[1][1]) / 2 });
  const box = stage.getBoundingClientRect();
  return { x: box.x + x, y: box.y + y };
};
document.documentElement.dataset.ready = String(Math.round(performance.now()));
