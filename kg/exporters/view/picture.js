// The drawing: vis-network for places, zoom and touch; labels by our own hand, so that none covers another.
const SHAPES = { reform: "hexagon", service: "dot", agency: "square", region: "triangleDown", person: "triangle",
  legislation: "diamond" };
const stage = document.getElementById("picture");
const tip = document.getElementById("tip");
const picture = { ids: [], lines: [], islands: [], places: new Map(), chosen: null, line: null, hovered: null,
  around: null, near: null, ink: {}, widths: new Map(), swell: 1, covered: 0 };
const sizeOf = (id) => entities[id].size * picture.swell;
const nodes = new vis.DataSet();
const edges = new vis.DataSet();
const network = new vis.Network(stage, { nodes, edges }, OPTIONS);

function readInk() {
  const style = getComputedStyle(document.documentElement);
  for (const name of [...KINDS, "ink", "paper", "island", "quiet", "strong", "soft"]) {
    picture.ink[name] = style.getPropertyValue(`--${name}`).trim();
  }
}

function nodeLook(id) {
  const { ink, chosen, near } = picture;
  const color = ink[entities[id].kind];
  const border = id === chosen ? ink.ink : ink.paper;
  return { id, opacity: near && !near.has(id) ? 0.22 : 1, borderWidth: id === chosen ? 3 : 1.5,
    color: { background: color, border, highlight: { background: color, border: ink.ink },
      hover: { background: color, border: ink.ink } } };
}

function lineLook(line) {
  const { ink, chosen, near } = picture;
  const strong = picture.line === line.id || (chosen !== null && (line.from === chosen || line.to === chosen));
  const color = strong ? ink.strong : ink.quiet;
  return { id: line.id, width: strong ? 1.8 : 1, arrows: strong ? { to: { enabled: true, scaleFactor: 0.5 } } : "",
    color: { color, highlight: ink.strong, hover: ink.strong, opacity: near && !strong ? 0.35 : 1 } };
}

// `shown`: ids, places, islands of the entities and lines to draw.
function draw(shown) {
  Object.assign(picture, shown, { hovered: null });
  picture.swell = Math.min(2.2, Math.max(1, 0.5 / framed().scale)); // a picture that must shrink keeps symbols visible
  edges.clear();
  nodes.clear();
  nodes.add(picture.ids.map((id) => {
    const [x, y] = picture.places.get(id);
    return { ...nodeLook(id), x, y, size: sizeOf(id), shape: SHAPES[entities[id].kind] };
  }));
  edges.add(picture.lines.map((line) => ({ ...lineLook(line), from: line.from, to: line.to })));
}

function mark(chosen, line) {
  Object.assign(picture, { chosen, line: line ? line.id : null, near: null });
  if (line) picture.near = new Set([line.from, line.to]);
  else if (chosen !== null) {
    const ends = picture.lines.filter((one) => one.from === chosen || one.to === chosen);
    const middle = chosen === picture.around; // of a neighbourhood: all of it belongs to the chosen one
    picture.near = new Set(middle ? picture.ids : [chosen, ...ends.flatMap((one) => [one.from, one.to])]);
  }
  nodes.update(picture.ids.map(nodeLook));
  edges.update(picture.lines.map(lineLook));
  if (chosen !== null && nodes.get(chosen)) network.selectNodes([chosen], false); else network.unselectAll();
}

function paintIslands(context) {
  context.fillStyle = picture.ink.island;
  context.beginPath();
  for (const members of picture.islands) {
    if (members.length < 3) continue;
    for (const id of members) {
      const [x, y] = picture.places.get(id);
      context.moveTo(x + 68, y + 4);
      context.arc(x, y + 4, 68, 0, 2 * Math.PI);
    }
  }
  context.fill();
}

// Boxes already taken, in rows of 24 pixels.
function occupancy() {
  const rows = new Map();
  const span = (box) => [Math.floor(box[1] / 24), Math.floor(box[3] / 24)];
  return {
    free(box) {
      for (let [row, last] = span(box); row <= last; row += 1) {
        for (const b of rows.get(row) || []) {
          if (b[0] < box[2] && box[0] < b[2] && b[1] < box[3] && box[1] < b[3]) return false;
        }
      }
      return true;
    },
    take(box) {
      for (let [row, last] = span(box); row <= last; row += 1) {
        if (!rows.has(row)) rows.set(row, []);
        rows.get(row).push(box);
      }
    },
  };
}

function widthOf(context, text) {
  const key = context.font + text;
  if (!picture.widths.has(key)) picture.widths.set(key, context.measureText(text).width);
  return picture.widths.get(key);
}

function paintLabels(context) {
  const scale = network.getScale();
  const ratio = context.getTransform().a / scale;
  const [width, height] = [stage.clientWidth, stage.clientHeight];
  const [symbols, labels] = [occupancy(), occupancy()];
  const at = new Map();
  for (const id of picture.ids) {
    const [x, y] = picture.places.get(id);
    const point = network.canvasToDOM({ x, y });
    if (point.x < -60 || point.y < -30 || point.x > width + 60 || point.y > height + 30) continue;
    const r = sizeOf(id) * scale;
    at.set(id, { ...point, r });
    if (!picture.near || picture.near.has(id)) symbols.take([point.x - r, point.y - r, point.x + r, point.y + r]);
  }
  context.save();
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  Object.assign(context, { textAlign: "center", textBaseline: "middle", lineJoin: "round" });
  const most = Math.ceil((width * height) / 25000);
  const centres = picture.islands.slice(0, most).map((members) => members[0]);
  const main = new Set([picture.hovered, picture.chosen, ...centres, ...picture.ids.slice(0, most)]); // named even over a lesser entity's symbol
  const free = (box, id) => labels.free(box) && (main.has(id) || symbols.free(box));
  for (const id of new Set([...main, ...picture.ids])) {
    if (at.has(id)) paintLabel(context, id, at.get(id), (box) => free(box, id), labels, width);
  }
  const blank = (box) => labels.free(box) && symbols.free(box);
  for (const line of picture.lines) paintPredicate(context, line, at, blank, labels);
  context.restore();
}

function paintLabel(context, id, { x, y, r }, free, labels, width) {
  const { near, ink } = picture;
  if (near && !near.has(id) && id !== picture.hovered) return;
  const strong = id === picture.chosen || id === picture.hovered;
  const heading = entities[id].kind === "reform" && r > 8;
  context.font = `${strong || heading ? "600 " : ""}${heading ? 13 : 12}px ${stage.dataset.font}`;
  const text = short(entities[id].name);
  const half = widthOf(context, text) / 2 + 2;
  const middle = Math.max(half + 4, Math.min(width - half - 4, x));
  for (const down of [y + r + 10, y - r - 10]) {
    const box = [middle - half, down - 8, middle + half, down + 8];
    if (!strong && !free(box)) continue;
    labels.take(box);
    Object.assign(context, { lineWidth: 3, strokeStyle: ink.paper, fillStyle: ink.ink });
    context.strokeText(text, middle, down);
    context.fillText(text, middle, down);
    return;
  }
}

function paintPredicate(context, line, at, blank, labels) {
  const { chosen, ink } = picture;
  const strong = picture.line === line.id || line.from === chosen || line.to === chosen;
  if (!strong || !at.has(line.from) || !at.has(line.to)) return;
  const [a, b] = [at.get(line.from), at.get(line.to)];
  context.font = `11px ${stage.dataset.font}`;
  const text = [...new Set(line.facts.map((fact) => word(fact.predicate)))].join(" · ");
  const half = widthOf(context, text) / 2 + 3;
  for (const part of [0.5, 0.62, 0.38]) {
    const [x, y] = [a.x + (b.x - a.x) * part, a.y + (b.y - a.y) * part];
    const box = [x - half, y - 8, x + half, y + 8];
    if (!blank(box)) continue;
    labels.take(box);
    Object.assign(context, { lineWidth: 4, strokeStyle: ink.paper, fillStyle: ink.soft });
    context.strokeText(text, x, y);
    context.fillText(text, x, y);
    return;
  }
}

network.on("beforeDrawing", paintIslands);
network.on("afterDrawing", paintLabels);

const still = matchMedia("(prefers-reduced-motion: reduce)");
const glide = () => (still.matches ? false : { duration: 250, easingFunction: "easeInOutQuad" });

// Scale and middle at which the whole picture lies inside the window, clear of what stands at its foot.
function framed() {
  const points = picture.ids.map((id) => picture.places.get(id));
  const [xs, ys] = [points.map((point) => point[0]), points.map((point) => point[1])];
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const foot = picture.covered || document.getElementById("status").offsetHeight + 12;
  const lid = document.getElementById("focus").offsetHeight;
  const [width, height] = [Math.max(90, stage.clientWidth - Math.min(120, 0.2 * stage.clientWidth)), Math.max(90, stage.clientHeight - foot - lid - 80)];
  const scale = Math.min(1, width / Math.max(1, right - left), height / Math.max(1, bottom - top));
  return { scale, position: { x: (left + right) / 2, y: (top + bottom) / 2 }, offset: { x: 0, y: (lid - foot) / 2 } };
}

const fit = (animation = false) => picture.ids.length && network.moveTo({ ...framed(), animation });
const zoom = (factor) => network.moveTo({ scale: Math.min(4, Math.max(0.05, network.getScale() * factor)), animation: glide() });

// Moves the picture if the entity is not well inside the part of the window that the panel does not cover.
function reveal(id) {
  const { covered } = picture;
  if (!picture.places.has(id)) return;
  const [x, y] = picture.places.get(id);
  const point = network.canvasToDOM({ x, y });
  const [width, height] = [stage.clientWidth, stage.clientHeight - covered];
  if (point.x > 60 && point.y > 40 && point.x < width - 60 && point.y < height - 40) return;
  network.moveTo({ position: { x, y }, offset: { x: 0, y: -covered / 2 }, scale: Math.max(network.getScale(), 0.4),
    animation: glide() });
}

function hint(event, children) {
  tip.replaceChildren(...children);
  tip.hidden = false;
  const { x, y } = event.pointer.DOM;
  tip.style.left = `${Math.max(8, Math.min(x + 14, stage.clientWidth - tip.offsetWidth - 8))}px`;
  tip.style.top = `${Math.max(8, Math.min(y + 14, stage.clientHeight - tip.offsetHeight - 8))}px`;
}

network.on("hoverNode", (event) => {
  const entity = entities[event.node];
  picture.hovered = entity.id;
  hint(event, [icon(entity.kind), el("b", {}, entity.name),
    el("small", {}, `${word(`${entity.kind}.one`)} · ${word("coverage", { n: entity.articles.length })}`)]);
  network.redraw();
});
network.on("hoverEdge", (event) => {
  const line = picture.lines.find((one) => one.id === event.edge);
  if (!line) return;
  hint(event, line.facts.slice(0, 3).map((fact) => el("p", {}, entities[fact.subject].name, " ",
    el("i", {}, word(fact.predicate)), " ", entities[fact.object].name)));
});
for (const event of ["blurNode", "blurEdge", "dragStart", "zoom"]) {
  network.on(event, () => {
    tip.hidden = true;
    if (picture.hovered !== null) {
      picture.hovered = null;
      network.redraw();
    }
  });
}
