// The panel: an overview, an entity, a line or an article, each with the sentences that its facts rest on.
const panel = document.getElementById("panel");
const ROWS = 12; // shown of a long list before the rest is asked for

function rows(items, show) {
  const list = el("div", { class: "rows" }, items.slice(0, ROWS).map(show));
  if (items.length > ROWS) {
    const more = el("button", { type: "button", class: "more", click: () => {
      more.replaceWith(...items.slice(ROWS).map(show));
    } }, word("more.rows", { n: items.length - ROWS }));
    list.append(more);
  }
  return list;
}

const section = (title, ...children) => el("section", {}, el("h3", {}, title), children);

function entityButton(entity) {
  return el("button", { type: "button", class: "entity", title: entity.name, click: () => choose(entity.id) },
    icon(entity.kind), el("span", {}, entity.name));
}

function webLink(article) {
  if (!/^https?:\/\//i.test(article.url)) return null;
  return el("a", { href: article.url, target: "_blank", rel: "noopener noreferrer" }, word("open"));
}

const titleOf = (article) => article.title || word("untitled");

function articleButton(article) {
  return el("button", { type: "button", class: "article", click: () => showArticle(article.id) }, titleOf(article));
}

function quoteBlock(quote) {
  return el("blockquote", {},
    el("p", {}, quote.text.slice(0, quote.start), el("mark", {}, quote.text.slice(quote.start, quote.end)),
      quote.text.slice(quote.end)),
    el("footer", {}, articleButton(quote.article),
      el("span", { class: "meta" }, [quote.article.date || word("undated"), quote.article.source].filter(Boolean).join(" · "),
        " ", webLink(quote.article))));
}

// What is said, with a button that unfolds the sentences; `open` unfolds them at once.
function said(content, evidence, open = false) {
  const found = quotes(evidence);
  const body = el("div", { class: "quotes", hidden: !open }, open ? found.map(quoteBlock) : []);
  const text = found.length > 1 ? word("evidence", { n: found.length }) : word("evidence.one");
  const button = found.length
    ? el("button", { type: "button", class: "quote-button", "aria-expanded": String(open), click: () => {
      body.hidden = !body.hidden;
      button.setAttribute("aria-expanded", String(!body.hidden));
      if (!body.childNodes.length) body.append(...found.map(quoteBlock));
    } }, text)
    : el("span", { class: "meta" }, word("no.evidence"));
  return el("div", { class: "said" }, el("div", { class: "line" }, content, button), body);
}

function numberRow(number) {
  const [quote] = quotes(number.evidence);
  const date = number.asOf ? word("asof", { date: when(number.asOf) }) : quote && quote.article.date;
  const asOf = date ? el("span", { class: "meta" }, date) : null;
  return said([el("span", { class: "measure" }, number.measure || word("measure.none")), el("b", {}, amount(number)), asOf],
    number.evidence);
}

function head(title, kind, ...children) {
  const back = state.id !== null || state.line || state.article !== null
    ? el("button", { type: "button", class: "close", "aria-label": word("close"), title: word("close"), click: clear }, "×")
    : null;
  return el("div", { class: "head" }, kind ? el("p", { class: "kind" }, icon(kind), word(`${kind}.one`)) : null,
    el("h2", {}, title), back, children);
}

function entityPanel(entity) {
  const steps = [1, 2].map((n) => el("button", { type: "button", "aria-pressed": String(state.around === entity.id && state.steps === n),
    click: () => focus(entity.id, state.around === entity.id && state.steps === n ? 0 : n) }, word(`steps.${n}`)));
  const parts = [head(entity.name, entity.kind,
    entity.also.length ? el("p", { class: "also" }, `${word("also")} ${entity.also.join(language ? ", " : "、")}`) : null,
    el("div", { class: "actions" }, entity.facts.length ? steps : null))];
  const ways = new Map();
  for (const fact of entity.facts) {
    const way = fact.subject === entity.id ? fact.predicate : `${fact.predicate}.of`;
    if (!ways.has(way)) ways.set(way, []);
    ways.get(way).push(fact);
  }
  const order = Object.keys(WORDS);
  for (const way of [...ways.keys()].sort((a, b) => order.indexOf(a) - order.indexOf(b))) {
    const listed = ways.get(way).sort((a, b) => other(a, entity.id) - other(b, entity.id));
    parts.push(section(`${word(way)} ${count(listed.length)}`, rows(listed, (fact) => said(
      [entityButton(entities[other(fact, entity.id)]), fact.text ? el("span", { class: "meta" }, fact.text) : null],
      fact.evidence))));
  }
  const dates = values.filter((value) => value.subject === entity.id);
  if (dates.length) {
    parts.push(section(word("dated"), rows(dates, (value) => said(
      [el("span", { class: "measure" }, word(value.predicate)),
        el("b", {}, value.predicate === "holdsPost" ? value.text : when(value.text))], value.evidence))));
  }
  const told = numbers.filter((number) => number.subject === entity.id);
  if (told.length) parts.push(section(`${word("numbers")} ${count(told.length)}`, rows(told, numberRow)));
  if (entity.mention.length) parts.push(section(word("first"), quotes(entity.mention).map(quoteBlock)));
  if (entity.articles.length) {
    parts.push(section(`${word("articles")} ${count(entity.articles.length)}`,
      rows(entity.articles.map((id) => articles[id]), articleRow)));
  }
  return parts;
}

const articleRow = (article) => el("div", { class: "article-row" },
  el("time", { class: "meta" }, article.date || word("undated")), articleButton(article));

const factRow = (fact, open) => said([entityButton(entities[fact.subject]), el("i", {}, word(fact.predicate)),
  entityButton(entities[fact.object]), fact.text ? el("span", { class: "meta" }, fact.text) : null], fact.evidence, open);

const linePanel = (line) => [
  head(`${entities[line.from].name} — ${entities[line.to].name}`, null),
  section(`${word("facts")} ${count(line.facts.length)}`, rows(line.facts, (fact) => factRow(fact, true))),
];

function articlePanel(article) {
  const rests = (evidence) => quotes(evidence).some((quote) => quote.article === article);
  const mentioned = entities.filter((entity) => entity.articles.includes(article.id));
  const stated = facts.filter((fact) => rests(fact.evidence));
  const told = numbers.filter((number) => rests(number.evidence));
  return [
    head(titleOf(article), null, el("p", { class: "meta" },
      [article.date || word("undated"), article.source].filter(Boolean).join(" · "), " ", webLink(article))),
    stated.length ? section(`${word("facts")} ${count(stated.length)}`, rows(stated, (fact) => factRow(fact, false))) : null,
    told.length ? section(`${word("numbers")} ${count(told.length)}`, rows(told, numberRow)) : null,
    mentioned.length ? section(`${word("entities")} ${count(mentioned.length)}`,
      el("div", { class: "chips" }, mentioned.map(entityButton))) : null,
  ];
}

function overviewPanel() {
  const figure = (n, name) => el("div", { class: "figure" }, el("b", {}, n), el("span", {}, word(name)));
  const reforms = entities.filter((entity) => entity.kind === "reform");
  const top = (reforms.length ? reforms : [...entities]).sort((a, b) => b.articles.length - a.articles.length || a.id - b.id)
    .slice(0, 10);
  const most = Math.max(1, ...top.map((entity) => entity.articles.length));
  const bar = (entity) => el("div", { class: "top" }, entityButton(entity),
    el("meter", { min: 0, max: most, value: entity.articles.length, "aria-hidden": "true" }),
    el("span", { class: "meta" }, word("coverage", { n: entity.articles.length })));
  const period = dated.length ? `${dated[0]} — ${dated.at(-1)}` : null;
  return [
    head(word("overview"), null),
    el("div", { class: "figures" }, figure(count(articles.length), "articles"), figure(count(entities.length), "entities"),
      figure(count(facts.length), "facts"), figure(count(numbers.length), "numbers")),
    period ? el("p", { class: "meta" }, `${word("period")} ${period}`) : null,
    top.length ? section(word("top"), top.map(bar)) : null,
    section(word("help"), el("ul", { class: "help" },
      ["help.click", "help.double", "help.keys", "help.link"].map((key) => el("li", {}, word(key))))),
  ];
}

function showPanel() {
  const entity = state.id === null ? null : entities[state.id];
  let parts = null;
  if (state.article !== null) parts = articlePanel(articles[state.article]);
  else if (state.line) parts = linePanel(state.line);
  else parts = entity ? entityPanel(entity) : overviewPanel();
  const toggle = el("button", { type: "button", id: "handle", "aria-label": word("overview"), click: () => {
    document.body.classList.toggle("sheet");
  } });
  panel.replaceChildren(toggle, ...parts.filter(Boolean));
  panel.scrollTop = 0;
}
