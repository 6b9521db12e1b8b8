// Triples, or pairs of IRIs in rows, as a graph: springs settle it, always in the same way; labels stand beside points.
import { isIri } from "./table.js";

const MOST = 60;
const STEPS = 240;
const KIND = /\/id\/(reform|service|agency|region|person|legislation|time|indicator|article|post)\//;
const TERM = /<([^>]*)>|"((?:[^"\\]|\\.)*)"(?:@[\w-]+|\^\^<[^>]*>)?/g;
const svg = (tag, attributes, ...children) => {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
};

// Lines of N-Triples -> rows of terms, as in the JSON results.
export function triples(text) {
  return text.split("\n").filter(Boolean).map((line) => {
    const terms = [...line.matchAll(TERM)].map((match) => (match[1] !== undefined ? { type: "uri", value: plain(match[1]) }
      : { type: "literal", value: plain(match[2]) }));
    return { subject: terms[0], predicate: terms[1], object: terms[2] };
  });
}

const ESCAPES = { n: "\n", r: "\r", t: "\t", b: "\b", f: "\f" };
const plain = (text) => text.replace(/\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))/g, (_, short, long, char) => (
  char ? ESCAPES[char] || char : String.fromCodePoint(parseInt(short || long, 16))));

// The links of rows: the first two columns of IRIs, a third between them as the name of the link.
export function links(names, rows) {
  const iris = names.filter((name) => rows.some((row) => isIri(row[name])) && rows.every((row) => !row[name] || isIri(row[name])));
  if (names.includes("predicate") && iris.includes("subject")) {
    return rows.filter((row) => isIri(row.object) && !row.predicate.value.endsWith("#type"))
      .map((row) => [row.subject.value, row.object.value, row.predicate.value]);
  }
  if (iris.length < 2) return [];
  const [one, two] = [iris[0], iris.at(-1)];
  const name = iris.length > 2 ? iris[1] : null;
  return rows.filter((row) => row[one] && row[two]).map((row) => [row[one].value, row[two].value, name && row[name] ? row[name].value : ""]);
}

function settle(size, edges) {
  const at = Array.from({ length: size }, (_, i) => [Math.cos(i * 2.399) * Math.sqrt(i + 1) * 40, Math.sin(i * 2.399) * Math.sqrt(i + 1) * 30]);
  for (let step = 0; step < STEPS; step += 1) {
    const heat = 14 * (1 - step / STEPS);
    const move = at.map(([x, y]) => [-x * 0.012, -y * 0.02]);
    for (let i = 0; i < size; i += 1) {
      for (let j = i + 1; j < size; j += 1) {
        const [dx, dy] = [at[i][0] - at[j][0], (at[i][1] - at[j][1]) * 1.7];
        const push = 5200 / (dx * dx + dy * dy + 40);
        const far = Math.sqrt(dx * dx + dy * dy) || 1;
        for (const [k, sign] of [[i, 1], [j, -1]]) {
          move[k][0] += (sign * push * dx) / far;
          move[k][1] += (sign * push * dy) / far;
        }
      }
    }
    for (const [a, b] of edges) {
      const [dx, dy] = [at[b][0] - at[a][0], at[b][1] - at[a][1]];
      const pull = (Math.sqrt(dx * dx + dy * dy) - 90) * 0.02;
      const far = Math.sqrt(dx * dx + dy * dy) || 1;
      for (const [k, sign] of [[a, 1], [b, -1]]) {
        move[k][0] += (sign * pull * dx) / far;
        move[k][1] += (sign * pull * dy) / far;
      }
    }
    move.forEach(([dx, dy], i) => {
      const far = Math.hypot(dx, dy) || 1;
      at[i][0] += (dx / far) * Math.min(far, heat);
      at[i][1] += (dy / far) * Math.min(far, heat);
    });
  }
  return at.map(([x, y]) => [x * 1.75, y * 1.15]);
}

export function graph(place, found, terms, words) {
  const ids = new Map();
  const edges = [];
  let cut = false;
  for (const [from, to, name] of found) {
    const fresh = [from, to].filter((iri) => !ids.has(iri));
    if (ids.size + new Set(fresh).size > MOST) { cut = true; continue; }
    for (const iri of fresh) if (!ids.has(iri)) ids.set(iri, ids.size);
    if (from !== to) edges.push([ids.get(from), ids.get(to), name]);
  }
  const at = settle(ids.size, edges);
  const [xs, ys] = [at.map((p) => p[0]), at.map((p) => p[1])];
  const [left, top] = [Math.min(...xs) - 70, Math.min(...ys) - 26];
  const [width, height] = [Math.max(420, Math.max(...xs) - left + 70), Math.max(200, Math.max(...ys) - top + 40)];
  const picture = svg("svg", { class: "picture", viewBox: `${left} ${top} ${width} ${height}`, width, height, role: "img" });
  for (const [a, b, name] of edges) {
    picture.append(svg("line", { x1: at[a][0], y1: at[a][1], x2: at[b][0], y2: at[b][1] }, svg("title", {}, name ? terms.name(name) : "")));
  }
  const places = [...ids].map(([iri, i]) => {
    const name = terms.name(iri);
    const link = svg("a", { href: terms.link(iri) || "#" }, svg("title", {}, iri),
      svg("circle", { class: `icon ${(KIND.exec(iri) || ["", ""])[1]}`, cx: at[i][0], cy: at[i][1], r: 6 }),
      svg("text", { x: at[i][0], y: at[i][1] + 19, "text-anchor": "middle" }, [...name].length > 10 ? `${[...name].slice(0, 9).join("")}…` : name));
    return link;
  });
  picture.append(...places);
  place.replaceChildren(picture);
  if (cut) place.append(Object.assign(document.createElement("p"), { className: "note", textContent: words.cut.replace("{n}", MOST) }));
}
