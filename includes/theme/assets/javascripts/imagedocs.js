// The language switcher, and the offer of a language, keep the place on the page and what was chosen on it, but no words
// that were searched for: those are of one language.
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a.md-select__link[hreflang], .imagedocs-offer a");
  if (!link) return;
  const chosen = new URLSearchParams(location.search);
  for (const name of ["h", "q"]) chosen.delete(name);
  link.search = chosen;
  link.hash = location.hash;
}, true); // before Material follows it

// The reference of an image can be searched for as it is. Material's search takes what stands before a colon for
// the name of a field, and finds nothing at all where there is no such field; likewise ~ and ^ without a number.
// Letters and digits of full width, and katakana of half width, are what they stand for. Words such as "the" would
// be found everywhere, and their beginnings too; the last one may be the beginning of another.
const particles = new Set(document.querySelector('meta[name="imagedocs:particles"]')?.content.split(" "));
// Traditional characters, each before its simplified one: those of words about computers, not all that there are.
const SIMPLIFIED =
  "鏡镜標标籤签虛虚擬拟環环個个構构預预註注冊册載载檔档檢检發发佈布時时間间開开關关動动態态裝装圖图變变數数據据庫库運运網网絡络頁页錄录連连結结編编譯译語语選选擇择擴扩縮缩覽览設设計计機机學学習习業业務务區区應应" +
  "測测試试評评點点終终雲云後后來来對对從从為为無无與与這这進进過过還还頭头題题類类說说請请讀读寫写輸输輯辑碼码體体餘余貢贡獻献規规則则錯错誤误戶户權权狀状棄弃舊旧維维護护證证書书單单腳脚夾夹徑径徵征圍围匯汇導导" +
  "層层執执啟启補补遷迁遠远邊边專专項项順顺顯显驗验響响複复復复總总細细線线紀纪記记滿满訊讯許许訪访詢询議议釋释針针鍵键鏈链際际電电靜静額额產产號号處处術术節节範范簡简約约級级組组給给統统繼继續续聯联腦脑臺台萬万" +
  "衝冲裡里製制見见觸触貼贴資资費费賴赖軟软較较轉转適适隨随離离雙双難难隱隐驅驱國国場场塊块報报實实將将屬属幫帮幾几張张強强憑凭換换損损敗败暫暂會会條条樣样極极歷历決决沒没減减準准獨独獲获現现異异當当監监盤盘確确" +
  "種种稱称穩稳筆笔築筑簽签純纯絕绝綜综緊紧織织職职舉举薦荐藍蓝蓋盖衛卫觀观訂订訓训詞词詳详調调論论識识讓让負负責责輕轻輪轮辦办達达違违遞递鎖锁鐘钟閱阅階阶雜杂頻频顧顾徹彻採采";
const isSimplified = /^zh(?!-(hant|tw|hk|mo)\b)/i.test(document.documentElement.lang);
const simplified = (query) =>
  query.replace(/\p{Script=Han}/gu, (character) => {
    const at = SIMPLIFIED.indexOf(character);
    return at % 2 ? character : SIMPLIFIED[at + 1]; // -1, where it isn't there, is odd, too
  });
const toWords = (query) =>
  (isSimplified ? simplified(query.normalize("NFKC")) : query.normalize("NFKC"))
    .replace(/\S+(?=\s)/g, (word) => (particles.has(word.toLowerCase()) ? "" : word))
    .replace(/\S+/g, (word) => (/^[+-]?(title|text|tags):/.test(word) ? word : word.replace(/:|[~^](?!\d)/g, " ")));

// What is found on a page in another language is marked as such.
const foreign = new Map();
const markLanguages = () => {
  for (const link of document.querySelectorAll("a.md-search-result__link")) {
    const found = foreign.get(`${link.origin}${link.pathname}${link.hash}`);
    const shown = link.querySelector("article");
    if (!found || !shown || shown.lang) continue;
    [shown.lang, shown.dir] = [found.lang, found.dir];
    const said = shown.querySelector(".md-search-result__terms"); // by Material, in the reader's language
    if (said) [said.lang, said.dir] = [document.documentElement.lang, document.body.dir];
  }
};
const noteLanguages = ({ data: message, currentTarget: worker }) => {
  if (message?.type !== 3) return; // SearchMessageType.RESULT
  if (asked && !message.data.items?.length) {
    // Nothing found: a typed slip finds what is one letter away, or has two letters exchanged.
    const near = asked.replace(/[^\s:~^*+-]+/g, (word) => (/^\p{L}{5,}$/u.test(word) ? `${word}~1` : word));
    if (near !== asked) post.call(worker, { type: 2, data: near });
    asked = "";
    return;
  }
  const base = new URL(JSON.parse(document.getElementById("__config").textContent).base, location);
  for (const item of message.data.items?.flat() ?? []) {
    if (item.lang) foreign.set(new URL(item.location, `${base}`.replace(/\/?$/, "/")).href, item);
  }
  markLanguages(); // what is shown by now; more comes while the reader scrolls
};

let asked = ""; // what the reader looks for, until it has been looked for once
const post = Worker.prototype.postMessage;
Worker.prototype.postMessage = function (message, ...rest) {
  this.addEventListener("message", noteLanguages); // added twice, it is called once
  const isQuery = message?.type === 2 && typeof message.data === "string"; // SearchMessageType.QUERY
  if (isQuery) asked = toWords(message.data);
  return post.call(this, isQuery ? { ...message, data: asked } : message, ...rest);
};

// Wide tables and code can be scrolled with the keyboard (WCAG 2.1.1). What takes the focus has a role and a name: the
// caption of a table, or the heading above it.
const headingAbove = (element) => {
  for (let at = element; at && at.tagName !== "ARTICLE"; at = at.parentElement) {
    for (let before = at.previousElementSibling; before; before = before.previousElementSibling) {
      if (/^H[1-6]$/.test(before.tagName)) return before;
    }
  }
  return null;
};
const textOf = (element) => {
  const copy = element?.cloneNode(true);
  copy?.querySelectorAll(".headerlink").forEach((link) => link.remove());
  return copy?.textContent.trim() ?? "";
};
const named = new WeakSet();
const makeScrollable = () => {
  const names = new Map();
  for (const box of document.querySelectorAll(".md-typeset__scrollwrap, .md-typeset pre > code")) {
    if (box.hasAttribute("role") && !named.has(box)) continue; // its author's word
    if (box.scrollWidth <= box.clientWidth) {
      for (const attribute of ["role", "aria-label", "tabindex"]) box.removeAttribute(attribute);
      continue;
    }
    const name = textOf(box.querySelector("caption") ?? headingAbove(box)) || document.title;
    names.set(name, (names.get(name) ?? 0) + 1);
    named.add(box);
    box.tabIndex = 0;
    box.setAttribute("role", "region");
    box.setAttribute("aria-label", names.get(name) > 1 ? `${name} (${names.get(name)})` : name);
  }
  // Material puts the button that copies into a landmark of its own, one for each block of code, all with one name.
  document.querySelectorAll("nav.md-code__nav").forEach((nav) => nav.setAttribute("role", "none"));
};
addEventListener("resize", () => requestAnimationFrame(makeScrollable));
// Material gives the browser the colour of the header as it is, for the colours that the reader has chosen: from then on,
// the page's own two, of which the system's choice takes one, would say something else.
const leaveColorToMaterial = () => {
  if (!document.querySelector("meta[name=theme-color]:not([media])")) return;
  document.querySelectorAll("meta[name=theme-color][media]").forEach((meta) => meta.remove());
};
const onPage = () => {
  leaveColorToMaterial();
  const results = document.querySelector(".md-search-result__list");
  if (results) new MutationObserver(markLanguages).observe(results, { childList: true, subtree: true });
  requestAnimationFrame(makeScrollable);
};
if (window.document$) window.document$.subscribe(onPage);
else document.addEventListener("DOMContentLoaded", onPage);

// The choice of an image: the style sheet hides what doesn't fit, with or without this. It is kept in the address, so
// that it can be shared and is there again when the reader comes back; how many images fit is told aloud.
const startChoice = (list) => {
  const form = list.querySelector(".imagedocs-choices");
  const output = list.querySelector(".imagedocs-fit output");
  if (!form || !output || form.dataset.started || !CSS.supports("selector(:has(a))")) return; // then all is shown
  form.dataset.started = "yes";
  const { none } = output.dataset;
  const label = output.firstChild.textContent.trim();
  const items = [...list.querySelectorAll(".imagedocs-image")];
  const fields = [...form.querySelectorAll("input, select")];
  const tell = () => {
    const chosen = fields.some((field) => field.value && (field.checked || field.options));
    const count = items.filter((item) => item.getClientRects().length).length;
    output.textContent = chosen ? (count ? `${label} ${count} / ${items.length}` : none) : "";
    for (const group of list.querySelectorAll(".imagedocs-group")) {
      group.classList.toggle("imagedocs-empty", !items.some((item) => group.contains(item) && item.getClientRects().length));
    }
  };
  const keep = () => {
    const address = new URL(location.href);
    for (const { name } of fields) address.searchParams.delete(name);
    for (const { name, value, checked, options } of fields) {
      if (value && (checked || options)) address.searchParams.set(name, value);
    }
    history.replaceState(history.state, "", address);
    tell();
  };
  const asked = new URLSearchParams(location.search);
  for (const field of fields) {
    const wish = asked.get(field.name) ?? "";
    if (!field.options) field.checked = field.value === wish;
    else field.value = [...field.options].some((option) => option.value === wish) ? wish : "";
  }
  for (const question of form.querySelectorAll("fieldset:not(:has(:checked))")) question.querySelector("input").checked = true;
  form.addEventListener("change", keep);
  form.addEventListener("reset", () => setTimeout(keep));
  form.addEventListener("submit", (event) => event.preventDefault());
  tell();
};
const startChoices = () => document.querySelectorAll(".imagedocs-list").forEach(startChoice);
if (window.document$) window.document$.subscribe(startChoices);
else document.addEventListener("DOMContentLoaded", startChoices);
