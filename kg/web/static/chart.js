// Results as bars or as points over time, where a column of names or dates and one of numbers fit.
import { isNumber } from "./table.js";

const BARS = 40;
const POINTS = 400;
const DATE = /^\d{4}(-\d\d(-\d\d)?)?$/;
const svg = (tag, attributes, ...children) => {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
};
const count = (n) => n.toLocaleString("en", { maximumFractionDigits: 4 });

// The columns that a chart would show: { kind, label, value }, or null.
export function fits(names, rows) {
  if (rows.length < 2) return null;
  const some = (name, test) => rows.some((row) => row[name]) && rows.every((row) => !row[name] || test(row[name]));
  const value = [...names].reverse().find((name) => some(name, isNumber) && rows.some((row) => Number(row[name]?.value) > 0));
  if (!value) return null;
  const date = names.find((name) => name !== value && some(name, (term) => DATE.test(term.value)));
  const label = names.filter((name) => name !== value && name !== date && !some(name, isNumber))
    .map((name) => [new Set(rows.map((row) => row[name]?.value)).size, name]).sort((a, b) => b[0] - a[0])[0]?.[1];
  if (!date && !label) return null;
  const repeated = label && new Set(rows.map((row) => row[label]?.value)).size < rows.length * 0.7;
  return date && (!label || repeated) ? { kind: "time", label: date, value, series: label } : { kind: "bars", label: label || date, value };
}

function bars(rows, columns, terms) {
  const list = rows.filter((row) => row[columns.value]).map((row) => [terms.text(row[columns.label]), Number(row[columns.value].value)])
    .sort((a, b) => b[1] - a[1]).slice(0, BARS);
  const most = Math.max(...list.map(([, n]) => n), 0) || 1;
  const table = document.createElement("div");
  table.className = "rows";
  for (const [name, n] of list) {
    const label = Object.assign(document.createElement("span"), { className: "name", textContent: name, title: name });
    const bar = svg("svg", { class: "share", "aria-hidden": "true" },
      svg("rect", { width: `${Math.max(0.4, (100 * Math.max(0, n)) / most)}%`, height: "100%", rx: 3 }));
    const amount = Object.assign(document.createElement("span"), { className: "n", textContent: count(n) });
    table.append(label, bar, amount);
  }
  return table;
}

const dayOf = (text) => Date.UTC(Number(text.slice(0, 4)), Number(text.slice(5, 7) || 1) - 1, Number(text.slice(8, 10) || 1));

function time(rows, columns, terms) {
  const points = rows.filter((row) => row[columns.label] && row[columns.value]).slice(0, POINTS).map((row) => ({
    day: dayOf(row[columns.label].value), text: row[columns.label].value, n: Number(row[columns.value].value),
    name: columns.series ? terms.text(row[columns.series]) : "" }));
  const [first, last] = [Math.min(...points.map((p) => p.day)), Math.max(...points.map((p) => p.day))];
  const most = Math.max(...points.map((p) => p.n), 0) || 1;
  const x = (p) => 4 + (92 * (p.day - first)) / (last - first || 1);
  const y = (p) => 92 - (84 * Math.max(0, p.n)) / most;
  const picture = svg("svg", { class: "time", role: "img" }, svg("line", { class: "foot", x1: "2%", x2: "98%", y1: "92%", y2: "92%" }));
  for (const p of points) {
    picture.append(svg("circle", { class: "point", cx: `${x(p)}%`, cy: `${y(p)}%`, r: 4.5 },
      svg("title", {}, [p.name, p.text, count(p.n)].filter(Boolean).join(" · "))));
  }
  const ends = document.createElement("div");
  ends.className = "ends";
  const texts = points.map((p) => p.text).sort();
  for (const text of [texts[0], `0 – ${count(most)}`, texts.at(-1)]) ends.append(Object.assign(document.createElement("span"), { textContent: text }));
  const whole = document.createElement("div");
  whole.append(picture, ends);
  return whole;
}

export function chart(place, rows, columns, terms) {
  const caption = Object.assign(document.createElement("p"), { className: "note", textContent: `${columns.label} → ${columns.value}` });
  place.replaceChildren(caption, columns.kind === "time" ? time(rows, columns, terms) : bars(rows, columns, terms));
}
