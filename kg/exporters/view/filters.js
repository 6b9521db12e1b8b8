// What passes: kinds, predicates, months of publication, a city; and the controls that say so, with counts.
const LIMITS = [OPENING, 400, 1000].filter((limit, i) => !i || limit > OPENING); // entities of a picture
const tiles = DATA.tiles.map(([code, name, province, column, row, within]) => ({ code, name, province, column, row, within }));
const whole = () => state.from === 0 && state.to === PERIODS.length - 1;
const periodNumber = new Map(PERIODS.map((period, i) => [period, i]));
const months = articles.map((article) => (article.date ? periodNumber.get(periodOf(article.date)) : -1));
const inTime = (article) => whole() || (months[article] >= state.from && months[article] <= state.to);

function factInTime(fact) {
  if (whole() || !fact.evidence.length) return true;
  for (let i = 0; i < fact.evidence.length; i += 3) if (inTime(DATA.sentences[fact.evidence[i]][1])) return true;
  return false;
}

const factPasses = (fact) => !state.predicates.has(fact.predicate) && factInTime(fact);

// Entities within one or two steps of the chosen one -> their distance.
function neighbourhood(id, steps) {
  const ring = new Map([[id, 0]]);
  let edge = [id];
  for (let step = 1; step <= steps; step += 1) {
    const next = [];
    for (const at of edge) {
      for (const fact of entities[at].facts) {
        const to = other(fact, at);
        if (!ring.has(to) && factPasses(fact)) {
          ring.set(to, step);
          next.push(to);
        }
      }
    }
    edge = next;
  }
  return ring;
}

function nearTile(code) {
  const within = tiles.find((tile) => tile.code === code).within;
  const near = new Set(within);
  for (const id of within) for (const fact of entities[id].facts) if (factPasses(fact)) near.add(other(fact, id));
  return near;
}

// The entities that pass all but the kinds, the most important first (in a neighbourhood the nearest first).
function passing() {
  const ring = state.around === null ? null : neighbourhood(state.around, state.steps);
  const near = state.tile ? nearTile(state.tile) : null;
  const found = entities.filter((entity) => (!ring || ring.has(entity.id)) && (!near || near.has(entity.id))
    && (whole() || entity.articles.some(inTime) || entity.id === state.around));
  if (ring) found.sort((a, b) => ring.get(a.id) - ring.get(b.id) || a.id - b.id);
  return { found, ring };
}

// The lines between the shown entities: all passing facts of a pair.
function linesOf(ids) {
  const shown = new Set(ids);
  const lines = new Map();
  for (const id of ids) {
    for (const fact of entities[id].facts) {
      if (fact.subject !== id || !shown.has(fact.object) || !factPasses(fact)) continue;
      const key = `${Math.min(id, fact.object)}-${Math.max(id, fact.object)}`;
      if (!lines.has(key)) lines.set(key, { id: key, from: id, to: fact.object, facts: [] });
      lines.get(key).facts.push(fact);
    }
  }
  return [...lines.values()];
}

function toggle(names, off, counts, symbol) {
  return names.filter((name) => counts.get(name)).map((name) => el("label", { class: off.has(name) ? "off" : "" },
    el("input", { type: "checkbox", checked: !off.has(name), "data-name": name, change: () => {
      if (off.has(name)) off.delete(name); else off.add(name);
      update();
    } }), symbol(name), el("span", {}, word(name)), el("small", {}, count(counts.get(name)))));
}

// Refills a box of controls and keeps the keyboard's place in it.
function refill(id, children) {
  const box = document.getElementById(id);
  const held = box.contains(document.activeElement) ? document.activeElement.dataset.name : null;
  box.replaceChildren(...children);
  const again = held ? [...box.querySelectorAll("[data-name]")].find((element) => element.dataset.name === held) : null;
  if (again) again.focus();
}

function tally(items, nameOf) {
  const counts = new Map();
  for (const item of items) counts.set(nameOf(item), (counts.get(nameOf(item)) || 0) + 1);
  return counts;
}

function showDates() {
  if (!PERIODS.length) return [el("p", { class: "meta" }, word("dates.none"))];
  const perPeriod = tally(months.filter((month) => month >= 0), (month) => month);
  const most = Math.max(...perPeriod.values());
  const width = 100 / PERIODS.length;
  const bars = PERIODS.map((_, i) => {
    const height = (40 * (perPeriod.get(i) || 0)) / most;
    return svg("rect", { x: i * width + width * 0.08, y: 40 - height, width: width * 0.84, height, class: "bar" });
  });
  const slider = (name) => el("input", { type: "range", min: 0, max: PERIODS.length - 1, value: state[name],
    "data-name": name, "aria-label": word(`dates.${name}`), input: (event) => {
      const value = Number(event.target.value);
      state[name] = name === "from" ? Math.min(value, state.to) : Math.max(value, state.from);
      update();
    } });
  const range = el("div", { class: "range" }, slider("from"), slider("to"));
  return [svg("svg", { viewBox: "0 0 100 40", preserveAspectRatio: "none", class: "bars", "aria-hidden": "true" }, ...bars),
    range, el("p", { class: "ends" }, el("span"), el("span"))];
}

// Brings the sliders to the state; they stay the same elements while one of them is being dragged.
function moveDates(box) {
  [...box.querySelectorAll(".bar")].forEach((bar, i) => bar.classList.toggle("out", i < state.from || i > state.to));
  ["from", "to"].forEach((name, i) => {
    const slider = box.querySelector(`[data-name=${name}]`);
    if (!slider) return;
    slider.value = state[name];
    slider.setAttribute("aria-valuetext", PERIODS[state[name]]);
    box.querySelectorAll(".ends span")[i].textContent = PERIODS[state[name]];
    slider.style.zIndex = name === "from" && state.from > PERIODS.length / 2 ? 1 : 0; // two on one spot: the free one
  });
}

function showTiles() {
  const provinces = [...new Set(tiles.map((tile) => tile.province))];
  const told = tiles.map((tile) => new Set(tile.within.flatMap((id) => entities[id].articles).filter(inTime)).size);
  const most = Math.max(1, ...told);
  const grid = el("div", { class: "grid" }, tiles.map((tile, i) => {
    const level = told[i] ? Math.ceil((4 * told[i]) / most) : 0;
    const button = el("button", { type: "button", class: `tile p${provinces.indexOf(tile.province)} level${level}`,
      disabled: !told[i] && state.tile !== tile.code, "data-name": tile.code,
      "aria-pressed": String(state.tile === tile.code),
      title: `${tile.province} ${tile.name} · ${word("coverage", { n: told[i] })}`,
      click: () => go({ id: null, around: null, steps: 0, tile: state.tile === tile.code ? null : tile.code }) }, tile.name);
    button.style.gridColumn = tile.column + 1;
    button.style.gridRow = tile.row + 1;
    return button;
  }));
  return [grid, el("p", { class: "provinces" }, provinces.map((name, i) => el("span", { class: `p${i}` }, name)))];
}

function showFilters(found) {
  const kinds = tally(found, (entity) => entity.kind);
  refill("kinds", toggle(KINDS, state.kinds, kinds, icon));
  const predicates = tally(facts.filter(factInTime), (fact) => fact.predicate);
  refill("predicates", toggle(PREDICATES, state.predicates, predicates, () => ""));
  const dates = document.getElementById("dates");
  if (!dates.contains(document.activeElement)) refill("dates", showDates());
  moveDates(dates);
  refill("tiles", showTiles());
  document.getElementById("reset").hidden = !filtered();
}

const filtered = () => Boolean(state.kinds.size || state.predicates.size || state.tile || !whole());
