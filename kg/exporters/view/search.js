// Search by name, other name, pinyin or its initials.
const readings = new Map();
for (const [syllable, characters] of Object.entries(DATA.pinyin)) {
  for (const character of characters) readings.set(character, [...(readings.get(character) || []), syllable]);
}
const plain = (text) => text.toLowerCase().replace(/[\s“”"'《》「」·]/g, "");
const named = entities.map((entity) => [entity.name, ...entity.also].map(plain));

// Whether query, from its letter `at` on, spells name from its character `from` on: zwfw, zhengwu, zhengwfw.
function spells(name, from, query, at) {
  if (at === query.length) return true;
  if (from === name.length) return false;
  if (name[from] === query[at] && spells(name, from + 1, query, at + 1)) return true;
  for (const syllable of readings.get(name[from]) || []) {
    const rest = query.length - at;
    if (rest < syllable.length && syllable.startsWith(query.slice(at))) return true;
    const lengths = [syllable.length, /^[zcs]h/.test(syllable) ? 2 : 1, 1];
    for (const length of new Set(lengths)) {
      if (query.startsWith(syllable.slice(0, length), at) && spells(name, from + 1, query, at + length)) return true;
    }
  }
  return false;
}

// How well a name answers: 0 the same, then begins with, holds, is spelled from its start, is spelled inside; -1 not.
function answers(name, query, latin) {
  if (name === query) return 0;
  const place = name.indexOf(query);
  if (place >= 0) return place ? 2 : 1;
  if (!latin) return -1;
  if (spells(name, 0, query, 0)) return 3;
  for (let from = 1; from < name.length; from += 1) if (spells(name, from, query, 0)) return 4;
  return -1;
}

function find(text, most) {
  const query = plain(text);
  if (!query) return [];
  const latin = /^[a-z0-9]+$/.test(query);
  const found = [];
  named.forEach((names, id) => {
    const ranks = names.map((name, i) => {
      const rank = answers(name, query, latin);
      return rank < 0 ? 99 : rank + (i ? 0.5 : 0);
    });
    const rank = Math.min(...ranks);
    if (rank < 99) found.push([rank, id]);
  });
  return found.sort((a, b) => a[0] - b[0] || a[1] - b[1]).slice(0, most).map(([, id]) => entities[id]);
}
