// Downloads: the picture as PNG, what is shown as a table.
function save(blob, name) {
  const address = URL.createObjectURL(blob);
  const link = el("a", { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}

function savePicture() {
  const canvas = stage.querySelector("canvas");
  const copy = el("canvas", { width: canvas.width, height: canvas.height });
  const context = copy.getContext("2d");
  context.fillStyle = picture.ink.paper;
  context.fillRect(0, 0, copy.width, copy.height);
  context.drawImage(canvas, 0, 0);
  copy.toBlob((blob) => save(blob, "graph.png"), "image/png");
}

// A cell that a spreadsheet takes for words, whatever it begins with.
function cell(text) {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

// One row for each quote of each fact shown; entities without a fact in the picture stand alone.
function saveTable() {
  const names = ["kinds", "subject", "predicate", "object", "sentence", "articles", "published", "address"];
  const table = [names.map((name) => word(name))];
  const linked = new Set();
  for (const line of picture.lines) {
    for (const fact of line.facts) {
      const [subject, object] = [entities[fact.subject], entities[fact.object]];
      linked.add(fact.subject).add(fact.object);
      const start = [word(`${subject.kind}.one`), subject.name, word(fact.predicate), object.name];
      const found = quotes(fact.evidence);
      for (const quote of found) table.push([...start, quote.text, quote.article.title, quote.article.date, quote.article.url]);
      if (!found.length) table.push([...start, "", "", "", ""]);
    }
  }
  for (const id of picture.ids) {
    if (!linked.has(id)) table.push([word(`${entities[id].kind}.one`), entities[id].name, "", "", "", "", "", ""]);
  }
  const text = table.map((row) => row.map(cell).join(",")).join("\r\n");
  save(new Blob(["\ufeff", text, "\r\n"], { type: "text/csv;charset=utf-8" }), "graph.csv");
}
