// Comfort for readers; every page works without it.
"use strict";

const all = (selector, root = document) => [...root.querySelectorAll(selector)];

function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}

// One language or both, without loading the page anew; the address keeps the choice.
function switchViews() {
  all('[data-switch="view"] a').forEach((link) => link.addEventListener("click", (event) => {
    event.preventDefault();
    const view = link.dataset.value;
    const anchor = all(".row").find((row) => row.getBoundingClientRect().bottom > 0);
    const top = anchor && anchor.getBoundingClientRect().top;
    document.documentElement.className = `view-${view}`;
    if (anchor && scrollY > 0) scrollBy(0, anchor.getBoundingClientRect().top - top);
    all('[data-switch="view"] a').forEach((other) => other.removeAttribute("aria-current"));
    link.setAttribute("aria-current", "true");
    const withView = (address) => {
      const url = new URL(address);
      if (view === "both") url.searchParams.delete("view");
      else url.searchParams.set("view", view);
      return url.href;
    };
    history.replaceState(null, "", withView(location.href));
    all('.switch:not([data-switch="view"]) a').forEach((other) => { other.href = withView(other.href); });
  }));
}

// A sentence lights together with its twin in the other language.
function light(sentence) {
  all(".s.lit").forEach((lit) => lit.classList.remove("lit"));
  if (!sentence) return;
  const pair = sentence.closest(".pair");
  all(`.s[data-s="${sentence.dataset.s}"]`, pair).forEach((twin) => twin.classList.add("lit"));
}

function lightSentences(article) {
  const sentences = all(".s", article);
  sentences.forEach((sentence, i) => { sentence.tabIndex = i ? -1 : 0; });
  article.addEventListener("pointerover", (event) => {
    const sentence = event.target.closest(".s");
    if (sentence || event.pointerType === "mouse") light(sentence);
  });
  article.addEventListener("focusin", (event) => {
    const sentence = event.target.closest(".s");
    light(sentence);
    if (!sentence) return;
    sentences.forEach((other) => { other.tabIndex = -1; });
    sentence.tabIndex = 0;
  });
  article.addEventListener("keydown", (event) => {
    const sentence = event.target.closest(".s");
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    if (!sentence || !step || !words.closed) return;
    const column = all(sentence.closest(".zh") ? ".zh .s" : ".en .s", article);
    const next = column[column.indexOf(sentence) + step];
    if (next) { event.preventDefault(); next.focus(); }
  });
}

// Sound and senses of the Chinese word that was clicked, tapped or asked for with Enter.
const words = {
  cache: new Map(),
  box: null,
  list: [],
  at: 0,
  source: null,
  get closed() { return !this.box; },

  async of(text) {
    if (!this.cache.has(text)) {
      const answer = await fetch(`/words.json?${new URLSearchParams({ text })}`);
      this.cache.set(text, answer.ok ? (await answer.json()).words : []);
    }
    return this.cache.get(text);
  },

  async open(source, offset) {
    const found = (await this.of(source.textContent)).filter((word) => word.senses.length);
    const at = found.findIndex((word) => word.end > offset);
    if (at < 0) return this.close();
    Object.assign(this, { list: found, at, source });
    this.show();
  },

  show() {
    const word = this.list[this.at];
    const range = this.range(word);
    if (window.Highlight) CSS.highlights.set("word", new Highlight(range));
    if (!this.box) {
      this.box = element("div", "words-pop");
      this.box.setAttribute("role", "region");
      this.box.setAttribute("aria-label", "Word help");
      this.box.setAttribute("aria-live", "polite");
    }
    const head = element("p");
    const hanzi = element("span", "word", word.text);
    hanzi.lang = this.source.closest("[lang]").lang;
    const pinyin = element("span", "pinyin", word.pinyin);
    pinyin.lang = "zh-Latn-pinyin";
    head.append(hanzi, pinyin);
    const senses = element("ol", "senses");
    word.senses.slice(0, 8).forEach((sense) => senses.append(element("li", "", sense)));
    const tools = element("p", "meta");
    [["Previous word", -1], ["Next word", 1], ["Close", 0]].forEach(([label, step]) => {
      const button = element("button", "plain", label);
      button.type = "button";
      button.addEventListener("click", () => (step ? this.step(step) : this.close()));
      tools.append(button, " ");
    });
    this.box.replaceChildren(head, senses, tools);
    const row = this.source.closest(".row");
    row.append(this.box);
    const place = range.getBoundingClientRect();
    const frame = row.getBoundingClientRect();
    const room = document.documentElement.clientWidth - this.box.offsetWidth - 16;
    this.box.style.left = `${Math.max(16, Math.min(place.left, room)) - frame.left}px`;
    this.box.style.top = `${place.bottom - frame.top + 6}px`;
  },

  step(by) {
    const next = this.at + by;
    if (next >= 0 && next < this.list.length) { this.at = next; this.show(); }
  },

  close() {
    if (window.Highlight) CSS.highlights.delete("word");
    if (this.box) this.box.remove();
    this.box = null;
  },

  // The stretch of the page where a word stands.
  range(word) {
    const walker = document.createTreeWalker(this.source, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    for (let node = walker.nextNode(), from = 0; node; from += node.length, node = walker.nextNode()) {
      if (from <= word.start && word.start < from + node.length) range.setStart(node, word.start - from);
      if (from < word.end && word.end <= from + node.length) range.setEnd(node, word.end - from);
    }
    return range;
  },
};

function caret(event) {
  if (document.caretPositionFromPoint) {
    const place = document.caretPositionFromPoint(event.clientX, event.clientY);
    return place && [place.offsetNode, place.offset];
  }
  const range = document.caretRangeFromPoint(event.clientX, event.clientY);
  return range && [range.startContainer, range.startOffset];
}

// The character under the pointer: the caret may stand behind its middle.
function offsetUnder(event, source) {
  const [node, offset] = caret(event) || [];
  if (!node || !source.contains(node)) return -1;
  const range = document.createRange();
  range.setStart(source, 0);
  range.setEnd(node, offset);
  const before = range.toString().length;
  if (offset === 0) return before;
  range.setStart(node, offset - 1);
  return event.clientX < range.getBoundingClientRect().right ? before - 1 : before;
}

function helpWithWords(article) {
  article.addEventListener("click", (event) => {
    if (event.target.closest(".words-pop, a, button")) return;
    const source = event.target.closest(".zh .s") || event.target.closest(".pair .zh");
    if (!source || !getSelection().isCollapsed) return words.close();
    const offset = offsetUnder(event, source);
    if (offset >= 0) words.open(source, offset);
  });
  document.addEventListener("keydown", (event) => {
    const sentence = event.target.closest && event.target.closest(".zh .s");
    if (event.key === "Escape" && !words.closed) words.close();
    else if (sentence && event.key === "Enter") words.open(sentence, 0);
    else if (!words.closed && sentence && event.key === "ArrowRight") words.step(1);
    else if (!words.closed && sentence && event.key === "ArrowLeft") words.step(-1);
    else return;
    event.preventDefault();
  });
}

// A button to copy each text that is there to be taken away.
function addCopyButtons(root) {
  if (!navigator.clipboard) return;
  all(".copy", root).forEach((block) => {
    const button = element("button", "plain", "Copy");
    button.type = "button";
    const name = block.querySelector("h2, h3");
    if (name) button.setAttribute("aria-label", `Copy ${name.textContent}`);
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(block.querySelector("pre, p").textContent);
      button.textContent = "Copied";
      setTimeout(() => { button.textContent = "Copy"; }, 2000);
    });
    block.append(button);
  });
}

// Citations open over the article instead of on a page of their own.
function openCitations() {
  all("a.cite-link").forEach((link) => link.addEventListener("click", async (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const answer = await fetch(link.href);
    if (!answer.ok) { location.href = link.href; return; }
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const dialog = element("dialog");
    const close = element("button", "plain", "Close");
    close.type = "button";
    close.addEventListener("click", () => dialog.close());
    dialog.setAttribute("aria-label", "Cite this paragraph");
    dialog.append(page.querySelector(".cite"), close);
    dialog.addEventListener("close", () => { dialog.remove(); link.focus(); });
    addCopyButtons(dialog);
    document.body.append(dialog);
    dialog.showModal();
  }));
}

// What people wrote before goes into the field without loading the page anew.
function takeOffers() {
  all(".take-offer").forEach((link) => link.addEventListener("click", (event) => {
    event.preventDefault();
    const field = link.closest("form").querySelector("textarea");
    field.value = link.closest("li").firstElementChild.textContent;
    field.focus();
  }));
}

// A link to a paragraph that went elsewhere leads on.
function followMoved() {
  const link = document.querySelector(".row:target .moved");
  if (link) location.replace(link.href);
}

const article = document.querySelector(".article");
if (article) {
  lightSentences(article);
  helpWithWords(article);
  switchViews();
}
addCopyButtons(document);
openCitations();
followMoved();
takeOffers();
