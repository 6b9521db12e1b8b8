// Words of the interface in two languages, dates and numbers as people write them, and elements made of text only.
let language = 0; // column of WORDS: 0 Chinese, 1 English

function word(key, filled = {}) {
  const entry = (filled.n === 1 && WORDS[`${key}.single`]) || WORDS[key] || [key, key];
  const found = entry[language];
  return found.replace(/\{(\w+)\}/g, (whole, name) => (name in filled ? String(filled[name]) : whole));
}

const short = (name) => ([...name].length > 10 ? `${[...name].slice(0, 9).join("")}…` : name);
const count = (n) => n.toLocaleString("en");

// Children may be elements or plain text; text never becomes markup.
function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value !== false && value !== null) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

function svg(tag, attributes, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

const OUTLINES = {
  reform: "8,1 14,4.5 14,11.5 8,15 2,11.5 2,4.5",
  agency: "2,2 14,2 14,14 2,14",
  legislation: "8,0.5 15.5,8 8,15.5 0.5,8",
  person: "8,1.5 15,14 1,14",
  region: "1,2 15,2 8,14.5",
};

function icon(kind) {
  const shape = OUTLINES[kind] ? svg("polygon", { points: OUTLINES[kind] }) : svg("circle", { cx: 8, cy: 8, r: 6.8 });
  return svg("svg", { viewBox: "0 0 16 16", class: `icon ${kind}`, "aria-hidden": "true" }, shape);
}

const SEASONS = { 21: ["春季", "spring"], 22: ["夏季", "summer"], 23: ["秋季", "autumn"], 24: ["冬季", "winter"] };

function day(text) {
  const [year, month, date] = text.replace(/[?~%]$/, "").split("-");
  if (SEASONS[month]) return language ? `${SEASONS[month][1]} ${year}` : `${year}年${SEASONS[month][0]}`;
  if (language) return [year, month, date].filter((part) => part && part !== "XX").join("-");
  const decade = /^\d{3}X$/.test(year) ? `${year.slice(0, 3)}0年代` : `${year.replace(/X/g, "0")}年`;
  return decade + (month && month !== "XX" ? `${Number(month)}月` : "") + (date && date !== "XX" ? `${Number(date)}日` : "");
}

// EDTF level 1 in words: ../2021-10-31 -> 2021年10月31日前.
function when(edtf) {
  const [from, to] = edtf.split("/");
  if (to === undefined) return day(from);
  const open = (end) => end === "" || end === "..";
  if (open(from)) return word("edtf.before", { date: day(to) });
  if (open(to)) return word("edtf.after", { date: day(from) });
  return word("edtf.between", { a: day(from), b: day(to) });
}

const BOUNDS = { ">": "bound.more", "<": "bound.less", "~": "bound.about" };

function amount(number) {
  const value = Number(number.value);
  const digits = (n) => n.toLocaleString("en", { maximumFractionDigits: 4 });
  let text = digits(value);
  const round = value % 100 === 0; // 22824 stays as it is
  if (!language && round && Math.abs(value) >= 1e8) text = `${digits(value / 1e8)}亿`;
  else if (!language && round && Math.abs(value) >= 1e4) text = `${digits(value / 1e4)}万`;
  const unit = language && number.unit && !"%％‰".includes(number.unit) ? ` ${number.unit}` : number.unit;
  return BOUNDS[number.bound] ? word(BOUNDS[number.bound], { n: text + unit }) : text + unit;
}

function speak() {
  document.documentElement.lang = language ? "en" : "zh-Hans";
  document.title = word("title");
  for (const element of document.querySelectorAll("[data-word]")) element.textContent = word(element.dataset.word);
  for (const element of document.querySelectorAll("[data-word-placeholder]")) {
    element.placeholder = word(element.dataset.wordPlaceholder);
    element.setAttribute("aria-label", element.placeholder);
  }
  for (const element of document.querySelectorAll("[data-word-label]")) {
    element.setAttribute("aria-label", word(element.dataset.wordLabel));
    if (element.tagName === "BUTTON") element.title = word(element.dataset.wordLabel);
  }
}
