// SPARQL as a reader sees it: kinds of words, painted behind the text area.
const TOKEN = new RegExp([
  String.raw`(?<comment>#[^\n]*)`,
  String.raw`(?<string>"""[\s\S]*?(?:"""|$)|'''[\s\S]*?(?:'''|$)|"(?:[^"\\\n]|\\.)*"?|'(?:[^'\\\n]|\\.)*'?)`,
  String.raw`(?<iri><[^<>"{}|^\x60\\\s]*>)`,
  String.raw`(?<variable>[?$][\p{L}\p{N}_]+)`,
  String.raw`(?<name>[\p{L}][\p{L}\p{N}_.-]*:[\p{L}\p{N}_.%-]*|:[\p{L}\p{N}_.%-]+)`,
  String.raw`(?<number>\b\d+(?:\.\d+)?\b)`,
  String.raw`(?<word>[A-Za-z_][A-Za-z0-9_]*)`,
  String.raw`(?<mark>[{}()\[\].,;|/^*+!=<>&-])`,
].join("|"), "gu");

const WORDS = new Set(`abs add all as asc ask avg base bind bnode bound by ceil clear coalesce concat construct contains
copy count create datatype day default delete desc describe distinct drop encode_for_uri ends exists filter floor from
graph group group_concat having hours if in insert into iri isblank isiri isliteral isnumeric isuri lang langmatches lcase
limit load max md5 min minus minutes month move named not now offset optional or order prefix rand reduced regex replace
round sameterm sample seconds select separator service sha1 sha256 sha384 sha512 silent str strafter strbefore strdt
strends strlang strlen strstarts struuid substr sum timezone to tz ucase undef union uri using uuid values where with year
a true false`.split(/\s+/));

// Pieces of text with their class; what is no token has none.
export function tokens(text) {
  const found = [];
  let at = 0;
  for (const match of text.matchAll(TOKEN)) {
    if (match.index > at) found.push([text.slice(at, match.index), ""]);
    let kind = Object.entries(match.groups).find(([, value]) => value !== undefined)[0];
    if (kind === "word") kind = WORDS.has(match[0].toLowerCase()) ? "keyword" : "";
    found.push([match[0], kind]);
    at = match.index + match[0].length;
  }
  if (at < text.length) found.push([text.slice(at), ""]);
  return found;
}

const PAIRS = { ")": "(", "]": "[", "}": "{" };

// The line of the first bracket without its partner, 0 if all have one: the parser only notices at the end.
export function unmatched(text) {
  const open = [];
  let line = 1;
  for (const [piece, kind] of tokens(text)) {
    if (kind === "mark" && "([{".includes(piece)) open.push([piece, line]);
    else if (kind === "mark" && PAIRS[piece] && (open.pop() || [""])[0] !== PAIRS[piece]) return line;
    line += piece.split("\n").length - 1;
  }
  return open.length ? open.at(-1)[1] : 0;
}

// Fills the painted layer, one element a line so that a faulty one can be marked.
export function paint(layer, text, faulty) {
  const lines = [[]];
  for (const [piece, kind] of tokens(text)) {
    piece.split("\n").forEach((part, i) => {
      if (i) lines.push([]);
      if (!part) return;
      const span = document.createElement("span");
      span.className = kind;
      span.textContent = part;
      lines.at(-1).push(span);
    });
  }
  layer.replaceChildren(...lines.map((parts, i) => {
    const line = document.createElement("div");
    line.className = i + 1 === faulty ? "line faulty" : "line";
    line.dataset.n = i + 1;
    line.append(...parts, "\n");
    return line;
  }));
}
