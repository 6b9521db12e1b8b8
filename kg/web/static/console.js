// The console: asks /sparql and shows what it answers.
import { chart, fits } from "./chart.js";
import { graph, links, triples } from "./graph.js";
import { paint, unmatched } from "./sparql.js";
import { Terms, isIri, table } from "./table.js";

const byId = (id) => document.getElementById(id);
const words = byId("said").dataset;
const editor = byId("sparql");
const layer = byId("paint");
const terms = new Terms(words.base);
const TRIPLES = { ttl: "text/turtle", json: "application/ld+json", xml: "application/rdf+xml", nt: "application/n-triples" };
const RESULTS = { json: "application/sparql-results+json", xml: "application/sparql-results+xml", csv: "text/csv" };
const FORMS = ["SELECT", "ASK", "CONSTRUCT", "DESCRIBE"];
let running = null;
let asked = "";
let made = ""; // the form of the last query: SELECT, CONSTRUCT ...

// Which of the four forms a query has: the first of their names outside strings, IRIs, comments and variables.
function formOf(sparql) {
  const bare = sparql.replace(/<[^<>\s]*>|"""[\s\S]*?"""|'''[\s\S]*?'''|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|#[^\n]*|[?$]\w+|\w*:\w*/g, " ");
  const match = /\b(select|ask|construct|describe)\b/i.exec(bare);
  return match ? match[1].toUpperCase() : FORMS[0];
}

function repaint(faulty = 0) {
  paint(layer, editor.value, faulty);
  layer.style.transform = `translate(${-editor.scrollLeft}px, ${-editor.scrollTop}px)`;
}

function ask(sparql, accept, signal) {
  return fetch("/sparql", { method: "POST", body: sparql, signal,
    headers: { "Content-Type": "application/sparql-query", Accept: accept } });
}

function fault(message) {
  const match = /line (\d+), column \d+/.exec(message);
  if (match) match[1] = unmatched(asked) || match[1];
  byId("fault").hidden = !message;
  byId("fault").textContent = match ? `${words.line.replace("{n}", match[1])}: ${message}` : message;
  byId("answer").hidden = Boolean(message);
  repaint(match ? Number(match[1]) : 0);
  if (match) {
    const line = layer.querySelector(`[data-n="${match[1]}"]`);
    if (line) editor.scrollTop = Math.max(0, line.offsetTop - 60);
  }
}

function busy(on) {
  byId("run").disabled = on;
  byId("stop").hidden = !on;
  document.body.classList.toggle("busy", on);
}

async function run() {
  if (running) running.abort();
  const mine = new AbortController();
  running = mine;
  asked = editor.value;
  made = formOf(asked);
  const isGraph = made === "CONSTRUCT" || made === "DESCRIBE";
  byId("fault").hidden = true;
  busy(true);
  const began = performance.now();
  try {
    const answer = await ask(asked, isGraph ? TRIPLES.nt : RESULTS.json, mine.signal);
    if (!answer.ok) { fault((await answer.text()).trim()); return; }
    const result = isGraph ? triples(await answer.text()) : await answer.json();
    const seconds = (performance.now() - began) / 1000;
    repaint();
    await show(result, isGraph, seconds);
  } catch (error) {
    if (error.name !== "AbortError") fault(words.failed);
  } finally {
    if (running === mine) {
      running = null;
      busy(false);
    }
  }
}

async function show(result, isGraph, seconds) {
  const names = isGraph ? ["subject", "predicate", "object"] : result.head.vars || [];
  const rows = isGraph ? result : result.results ? result.results.bindings : [];
  const time = words.seconds.replace("{n}", seconds.toFixed(2));
  const number = rows.length.toLocaleString("en");
  const amount = (isGraph ? words.triples : rows.length === 1 ? words.row : words.rows).replace("{n}", number);
  const yes = result.boolean === undefined ? "" : result.boolean ? words.true : words.false;
  byId("count").textContent = `${yes || amount} · ${time}`;
  byId("answer").hidden = false;
  await terms.learn(rows.flatMap((row) => names.map((name) => row[name]).filter(isIri).map((term) => term.value)),
    document.documentElement.lang === "en" ? "en" : "zh");
  if (yes) byId("table").replaceChildren(Object.assign(document.createElement("p"), { className: "truth", textContent: yes }));
  else table(byId("table"), names, rows, terms, words);
  const columns = isGraph ? null : fits(names, rows);
  const pairs = links(names, rows);
  tab("chart").hidden = !columns;
  tab("graph").hidden = !pairs.length;
  if (columns) chart(byId("chart"), rows, columns, terms);
  if (pairs.length) graph(byId("graph"), pairs, terms, words);
  for (const button of document.querySelectorAll("[data-form]")) {
    button.hidden = !(isGraph ? TRIPLES : RESULTS)[button.dataset.form];
  }
  open_(isGraph && pairs.length ? "graph" : "table");
}

const tab = (name) => document.querySelector(`[data-show="${name}"]`);

function open_(name) {
  for (const button of document.querySelectorAll("[data-show]")) {
    button.setAttribute("aria-selected", String(button.dataset.show === name));
    byId(button.dataset.show).hidden = button.dataset.show !== name;
  }
}

async function download(form) {
  const isGraph = made === "CONSTRUCT" || made === "DESCRIBE";
  const answer = await ask(asked, (isGraph ? TRIPLES : RESULTS)[form]);
  if (!answer.ok) { fault((await answer.text()).trim()); return; }
  const suffix = isGraph && form === "json" ? "jsonld" : isGraph && form === "xml" ? "rdf" : form;
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await answer.blob());
  link.download = `query.${suffix}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

function address() {
  const link = `/sparql?query=${encodeURIComponent(editor.value)}`;
  byId("link").href = link;
  return link;
}

editor.addEventListener("input", () => { repaint(); address(); });
editor.addEventListener("scroll", () => { layer.style.transform = `translate(${-editor.scrollLeft}px, ${-editor.scrollTop}px)`; });
editor.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    run();
  } else if (event.key === "Tab" && !event.shiftKey && !event.ctrlKey && !event.altKey) {
    event.preventDefault();
    editor.setRangeText("  ", editor.selectionStart, editor.selectionEnd, "end");
    editor.dispatchEvent(new Event("input"));
  } else if (event.key === "Escape") byId("run").focus();
});
byId("run").addEventListener("click", run);
byId("stop").addEventListener("click", () => running && running.abort());
for (const button of document.querySelectorAll("[data-show]")) button.addEventListener("click", () => open_(button.dataset.show));
for (const button of document.querySelectorAll("[data-form]")) {
  button.addEventListener("click", () => download(button.dataset.form).catch(() => fault(words.failed)));
}
for (const question of document.querySelectorAll("#questions a")) {
  question.addEventListener("click", (event) => {
    event.preventDefault();
    editor.value = question.dataset.sparql;
    history.replaceState(null, "", question.href);
    repaint();
    address();
    run();
  });
}
repaint();
address();
if (words.ask) run();
