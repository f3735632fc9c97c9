// Search without a server. A page from a disk may load scripts and nothing else, so the index is
// scripts: each calls archiveData(kind, number, data).
"use strict";

const AT_ONCE = 20; // results shown, and more on asking
const CHECKED = 400; // candidates read to count hits; beyond them the count is "at least"
const MOST_GRAMS = 8; // lists read for one phrase; the texts decide
const SNIPPET = 60; // characters around a hit

const loaded = new Map();

function archiveData(kind, number, data) {
  loaded.get(kind + number).resolve(data);
}

function load(kind, number) {
  const name = kind + number;
  if (!loaded.has(name)) {
    const entry = {};
    entry.promise = new Promise((resolve, reject) => {
      entry.resolve = resolve;
      entry.reject = reject;
    });
    loaded.set(name, entry);
    const script = document.createElement("script");
    script.src = kind === "about" ? "data/about.js" : `data/${kind}-${number}.js`;
    script.onerror = () => entry.reject(new Error(`${script.src} cannot be read`));
    document.head.append(script);
  }
  return loaded.get(name).promise;
}

// --- Folding, as indexer/fold.py does it --------------------------------------------------------

const SEARCHED = /[\p{L}\p{N}\p{Co}%‰]/u;
const DIGIT = /[0-9]/;
let folds = {};

function foldMap(text) {
  const folded = [];
  const origin = [];
  let place = 0;
  for (const character of text) {
    const piece = character === "." || character === "．" ? "."
      : Object.hasOwn(folds, character) ? folds[character]
      : SEARCHED.test(character) ? character
      : "";
    for (const unit of piece.split("")) {
      folded.push(unit);
      origin.push(place);
    }
    place += character.length;
  }
  const kept = (n) => folded[n] !== "."
    || (DIGIT.test(folded[n - 1] ?? "") && DIGIT.test(folded[n + 1] ?? ""));
  return {
    text: folded.filter((_, n) => kept(n)).join(""),
    origin: origin.filter((_, n) => kept(n)),
  };
}

const fold = (text) => foldMap(text).text;

// --- Terms and their lists ----------------------------------------------------------------------

function shardOf(term, shards) {
  let value = 0;
  for (let n = 0; n < term.length; n += 1) {
    value = (Math.imul(value, 31) + term.charCodeAt(n)) >>> 0;
  }
  return value % shards;
}

function numbers(spelled) {
  const found = [];
  let last = -1;
  let step = 0;
  let shift = 0;
  for (let n = 0; n < spelled.length; n += 1) {
    const code = spelled.charCodeAt(n);
    if (code >= 80) {
      step += (code - 80) * 2 ** shift;
      shift += 5;
    } else {
      last += step + (code - 48) * 2 ** shift + 1;
      found.push(last);
      step = 0;
      shift = 0;
    }
  }
  return found;
}

async function listOf(term, about) {
  const lists = await load("terms", shardOf(term, about.shards));
  return Object.hasOwn(lists, term) ? numbers(lists[term]) : [];
}

function both(left, right) {
  const other = new Set(right);
  return left.filter((number) => other.has(number));
}

function gramsOf(folded) {
  const characters = [...folded];
  if (characters.length === 1) return [folded];
  const grams = characters.slice(1).map((character, n) => characters[n] + character);
  const step = Math.max(1, Math.ceil(grams.length / MOST_GRAMS));
  return grams.filter((_, n) => n % step === 0);
}

async function allOf(terms, about) {
  const lists = await Promise.all(terms.map((term) => listOf(term, about)));
  return lists.length ? lists.reduce(both) : [];
}

// A word of a query: matches where its folded form stands in the Chinese, or its words in the
// English of one paragraph.
function readQuery(text) {
  return text.split(/[\s　]+/u).map((word) => ({
    folded: fold(word),
    words: /\p{Script=Han}/u.test(word) ? [] : englishWords(word),
  })).filter((word) => word.folded);
}

function englishWords(text) {
  return [...text].map((c) => fold(c) || " ").join("").match(/[a-z0-9]+/g) ?? [];
}

async function candidates(query, about) {
  const lists = await Promise.all(query.map(async (word) => {
    const chinese = await allOf(gramsOf(word.folded), about);
    const english = await allOf(word.words.map((w) => ` ${w}`), about);
    return [...new Set([...chinese, ...english])].sort((a, b) => a - b);
  }));
  return lists.length ? lists.reduce(both) : [];
}

// --- Looking into the texts ---------------------------------------------------------------------

async function readArticle(number, about) {
  const file = Math.floor(number / about.textsToAFile);
  const texts = await load("texts", file);
  return texts[number % about.textsToAFile];
}

// Returns for each word of the query the first paragraph that has it, or null where one has none.
function hitsIn(article, query) {
  const paragraphs = article[4].map(([anchor, zh, en]) => ({ anchor, zh, en, key: fold(zh) }));
  const hits = [];
  for (const word of query) {
    const hit = paragraphs.find((p) => p.key.includes(word.folded) || hasWords(p.en, word.words));
    if (!hit) return null;
    hits.push(hit);
  }
  return [...new Set(hits)];
}

function hasWords(english, words) {
  if (!words.length) return false;
  const own = new Set(englishWords(english));
  return words.every((word) => own.has(word));
}

function chineseMarks(text, query) {
  const { text: folded, origin } = foldMap(text);
  const marks = [];
  for (const { folded: wanted } of query) {
    for (let at = folded.indexOf(wanted); at >= 0; at = folded.indexOf(wanted, at + 1)) {
      const last = origin[at + wanted.length - 1];
      const width = String.fromCodePoint(text.codePointAt(last)).length;
      marks.push([origin[at], last + width]);
    }
  }
  return marks;
}

function englishMarks(text, query) {
  const wanted = new Set(query.flatMap((word) => word.words));
  return [...text.matchAll(/[\p{L}\p{N}]+/gu)]
    .filter((match) => englishWords(match[0]).some((word) => wanted.has(word)))
    .map((match) => [match.index, match.index + match[0].length]);
}

// --- Showing ------------------------------------------------------------------------------------

function snippet(text, marks, lang) {
  const line = document.createElement("p");
  line.lang = lang;
  if (lang === "en") line.className = "en";
  const first = marks.length ? Math.min(...marks.map(([start]) => start)) : 0;
  const width = lang === "en" ? 3 * SNIPPET : SNIPPET;
  const begin = Math.max(0, first - width / 2);
  const end = Math.min(text.length, first + width * 1.5);
  if (begin > 0) line.append("…");
  let place = begin;
  for (const [start, stop] of [...marks].sort((a, b) => a[0] - b[0])) {
    if (start < place || stop > end) continue;
    const mark = document.createElement("mark");
    mark.textContent = text.slice(start, stop);
    line.append(text.slice(place, start), mark);
    place = stop;
  }
  line.append(text.slice(place, end), end < text.length ? "…" : "");
  return line;
}

function show(article, hits, query) {
  const [key, headline, publication, date] = article;
  const item = document.createElement("li");
  const link = document.createElement("a");
  link.href = `a/${key}.html#p${hits[0].anchor}`;
  link.lang = "zh";
  link.textContent = headline || "（无题）";
  const source = document.createElement("small");
  source.lang = "zh";
  source.textContent = ` ${[publication, date].filter(Boolean).join(" ")}`;
  item.append(link, source);
  for (const hit of hits.slice(0, 3)) {
    item.append(snippet(hit.zh, chineseMarks(hit.zh, query), "zh"));
    if (hit.en) item.append(snippet(hit.en, englishMarks(hit.en, query), "en"));
  }
  document.querySelector("#results").append(item);
}

async function search(text) {
  const status = document.querySelector("#status");
  const more = document.querySelector("#more");
  status.textContent = "Searching…";
  const about = await load("about", 0);
  folds = about.folds;
  const query = readQuery(text);
  const numbersFound = await candidates(query, about);
  const found = [];
  let shown = 0;
  let checked = 0;

  async function check(wanted) {
    while (checked < numbersFound.length && found.length < wanted) {
      const article = await readArticle(numbersFound[checked], about);
      checked += 1;
      const hits = hitsIn(article, query);
      if (hits) found.push([article, hits]);
    }
  }

  async function showMore() {
    await check(shown + AT_ONCE);
    for (const [article, hits] of found.slice(shown, shown + AT_ONCE)) show(article, hits, query);
    shown = Math.min(found.length, shown + AT_ONCE);
    if (numbersFound.length <= CHECKED) await check(Infinity);
    const rest = checked < numbersFound.length;
    const articles = found.length === 1 ? "1 article" : `${found.length} articles`;
    status.textContent = rest ? `At least ${articles} of ${numbersFound.length} that may have it`
      : found.length ? articles : "Nothing found. Try fewer or other words.";
    more.hidden = !rest && shown >= found.length;
  }

  more.addEventListener("click", showMore);
  await showMore();
}

const asked = new URLSearchParams(location.search).get("q") ?? "";
document.querySelector("input[name=q]").value = asked;
if (asked.trim()) {
  search(asked).catch((error) => {
    document.querySelector("#status").textContent = `The search failed: ${error.message}.`;
  });
}
