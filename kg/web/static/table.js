// Results as a table: terms by their label and linked, columns sorted by a click.
const STEP = 500;
const XSD = "http://www.w3.org/2001/XMLSchema#";
const NUMBERS = new Set(["integer", "decimal", "double", "float", "nonNegativeInteger", "int", "long"].map((n) => XSD + n));

export const isNumber = (term) => Boolean(term) && term.type === "literal" && NUMBERS.has(term.datatype);
export const isIri = (term) => Boolean(term) && term.type === "uri";

// Terms of this graph: IRI -> { name, link }; `said` holds the base and the labels that were asked for.
export class Terms {
  constructor(base) {
    this.base = base;
    this.labels = new Map();
  }

  link(iri) {
    if (iri.startsWith(this.base)) return `/${iri.slice(this.base.length)}`;
    return /^https?:\/\//.test(iri) ? iri : "";
  }

  key(iri) {
    const match = iri.startsWith(`${this.base}id/`) && /^[a-z]+\/(.+)$/.exec(iri.slice(this.base.length + 3));
    if (!match) return null;
    try { return decodeURIComponent(match[1]); } catch { return match[1]; }
  }

  name(iri) {
    return this.labels.get(iri) || this.key(iri) || iri.replace(/^.*[#/](?=[^#/]+$)/, "");
  }

  text(term) {
    if (!term) return "";
    return isIri(term) ? this.name(term.value) : term.value;
  }

  // Labels of IRIs whose key is no name (regions, posts, indicators, terms), by a query of our own.
  async learn(iris, language) {
    const wanted = [...new Set(iris)].filter((iri) => !this.labels.has(iri)
      && (iri.includes("#") || /\/id\/(region|post|indicator)\//.test(iri)) && !/[<>"{}|^`\\\s]/.test(iri)).slice(0, 300);
    if (!wanted.length) return;
    const sparql = `SELECT ?s ?l { VALUES ?s { ${wanted.map((iri) => `<${iri}>`).join(" ")} }
      ?s skos:prefLabel|rdfs:label|rkg:measure ?l FILTER(LANGMATCHES(LANG(?l), "zh") || LANG(?l) = "" || LANG(?l) = "${language}") }
      ORDER BY (LANG(?l) = "${language}")`;
    const answer = await fetch("/sparql", { method: "POST", body: sparql,
      headers: { "Content-Type": "application/sparql-query", Accept: "application/sparql-results+json" } });
    if (!answer.ok) return;
    for (const row of (await answer.json()).results.bindings) this.labels.set(row.s.value, row.l.value);
  }
}

export function cell(term, terms) {
  if (!term) return "";
  if (!isIri(term)) return isNumber(term) ? Number(term.value).toLocaleString("en", { maximumFractionDigits: 6 }) : term.value;
  const link = terms.link(term.value);
  const name = terms.name(term.value);
  if (!link) return name;
  const element = document.createElement("a");
  element.href = link;
  element.title = term.value;
  if (!link.startsWith("/")) element.rel = "noopener noreferrer";
  element.textContent = name;
  return element;
}

function compare(a, b, terms) {
  if (!a || !b) return (a ? 0 : 1) - (b ? 0 : 1);
  if (isNumber(a) && isNumber(b)) return Number(a.value) - Number(b.value);
  return terms.text(a).localeCompare(terms.text(b), "zh-Hans-CN-u-co-pinyin");
}

// Draws rows into `place`; words gives {more}, {none}.
export function table(place, names, rows, terms, words) {
  let order = rows;
  let shown = STEP;
  let by = -1;
  let down = false;

  function head(name, i) {
    const th = document.createElement("th");
    th.scope = "col";
    th.setAttribute("aria-sort", by === i ? (down ? "descending" : "ascending") : "none");
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = name;
    button.addEventListener("click", () => {
      down = by === i && !down;
      by = i;
      order = [...rows].sort((a, b) => (down ? -1 : 1) * compare(a[name], b[name], terms));
      draw();
    });
    th.append(button);
    return th;
  }

  function draw() {
    const element = document.createElement("table");
    element.className = "results";
    const top = element.createTHead().insertRow();
    names.forEach((name, i) => top.append(head(name, i)));
    const body = element.createTBody();
    for (const row of order.slice(0, shown)) {
      const line = body.insertRow();
      for (const name of names) {
        const td = line.insertCell();
        td.append(cell(row[name], terms));
        if (isNumber(row[name])) td.className = "n";
      }
    }
    place.replaceChildren(element);
    if (!rows.length) place.append(Object.assign(document.createElement("p"), { className: "empty", textContent: words.none }));
    if (order.length > shown) {
      const more = Object.assign(document.createElement("button"), { type: "button", className: "more" });
      more.textContent = words.more.replace("{n}", Math.min(STEP, order.length - shown));
      more.addEventListener("click", () => { shown += STEP; draw(); });
      place.append(more);
    }
  }
  draw();
}
