// What the page holds, unpacked: entities, facts between two of them, lines (all facts of a pair), sentences.
const load = (id) => JSON.parse(document.getElementById(id).textContent);
const WORDS = load("words");
const OPTIONS = load("options");
const DATA = load("data");
const KINDS = DATA.kinds;

const articles = DATA.articles.map(([title, url, date, source], id) => ({ id, title, url, date, source }));

const entities = load("nodes").map((node, id) => {
  const [key, also, mentionedIn, mention] = DATA.entities[id];
  return {
    id, key, also, mention, articles: mentionedIn, name: node.label, kind: node.group, size: node.size,
    centre: node.centre, first: node.first, wide: [node.x, node.y], tall: [node.u, node.v], facts: [],
  };
});
const OPENING = entities.filter((entity) => entity.first !== undefined).length;

const facts = load("edges").map((edge, id) => {
  const fact = { id, subject: edge.from, object: edge.to, predicate: edge.predicate, text: edge.text || "",
    evidence: edge.evidence };
  entities[edge.from].facts.push(fact);
  if (edge.to !== edge.from) entities[edge.to].facts.push(fact);
  return fact;
});
const values = DATA.values.map(([subject, predicate, text, evidence]) => ({ subject, predicate, text, evidence }));
const numbers = DATA.numbers.map(([subject, measure, value, unit, bound, asOf, evidence]) => (
  { subject, measure, value, unit, bound, asOf, evidence }));
const PREDICATES = [...new Set(facts.map((fact) => fact.predicate))].sort(
  (a, b) => Object.keys(WORDS).indexOf(a) - Object.keys(WORDS).indexOf(b));

const addresses = new Map(entities.map((entity) => [`${entity.kind}/${entity.key}`, entity.id]));
const addressOf = (entity) => `${entity.kind}/${entity.key}`;

// The quotes that a fact, date or number rests on.
function quotes(evidence) {
  const found = [];
  for (let i = 0; i < evidence.length; i += 3) {
    const [text, article] = DATA.sentences[evidence[i]];
    found.push({ text, start: evidence[i + 1], end: evidence[i + 2], article: articles[article] });
  }
  return found;
}

const other = (fact, id) => (fact.subject === id ? fact.object : fact.subject);

// Months (or days, when all fall into a few weeks) of publication, from the first to the last.
const dated = articles.map((article) => article.date).filter(Boolean).sort();
const byDay = dated.length > 0 && new Date(dated.at(-1)) - new Date(dated[0]) < 62 * 86400000;
const periodOf = (date) => date.slice(0, byDay ? 10 : 7);
const PERIODS = [];
if (dated.length) {
  const at = new Date(`${periodOf(dated[0])}${byDay ? "" : "-01"}T00:00:00Z`);
  const last = periodOf(dated.at(-1));
  for (let period = ""; period < last;) {
    period = periodOf(at.toISOString());
    PERIODS.push(period);
    if (byDay) at.setUTCDate(at.getUTCDate() + 1); else at.setUTCMonth(at.getUTCMonth() + 1);
  }
}
