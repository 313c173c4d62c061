
// The index: cards by what is typed and by language; the address says both, so that it can be passed on.
document.addEventListener("DOMContentLoaded", () => {
  "use strict";
  const LANGUAGES = { en: "en", zh: "zh-CN" };
  const query = document.getElementById("q");
  const found = document.querySelector(".found");
  const radios = [...document.querySelectorAll("[name=language]")];
  // Full-width letters and digits are found as the others are.
  const plain = (words) => words.normalize("NFKC").toLowerCase();
  const groups = [...document.querySelectorAll("main > section")].map((section) => ({ section, cards: [] }));
  const texts = {};
  groups.forEach(({ section, cards }) => {
    const place = section.querySelector("h2").textContent;
    section.querySelectorAll(".card").forEach((card) => {
      const address = decodeURI(card.querySelector("a").getAttribute("href"));
      // Both editions of a report are found by the words of either.
      const report = address.split(".")[0];
      const words = [card.querySelector("h3"), card.querySelector("h3 + p")].map((each) => each.textContent);
      texts[report] = [texts[report] || place, address, ...words].join("\n");
      cards.push({ card, report, lang: card.lang, twin: card.classList.contains("twin") });
    });
  });
  for (const report in texts) texts[report] = plain(texts[report]);

  // Chinese has no spaces: 乌鲁木齐债务2020 is found where its parts are, those in Chinese of two characters or more.
  const parts = (typed) => plain(typed).match(/[^\s\x00-\x7f]+|[\x21-\x7f]+/g) || [];
  const isIn = (text, part) => {
    if (text.includes(part)) return true;
    if (part.charCodeAt(0) < 128) return false;
    let length = part.length - 1;
    while (length > 1 && !text.includes(part.slice(0, length))) length -= 1;
    return length > 1 && part.length - length > 1 && isIn(text, part.slice(length));
  };

  const filter = () => {
    const lang = LANGUAGES[radios.find((radio) => radio.checked).value];
    const words = parts(query ? query.value : "");
    const hits = {};
    let shown = 0;
    let all = 0;
    groups.forEach(({ section, cards }) => {
      let any = false;
      cards.forEach(({ card, report, lang: own, twin }) => {
        if (!(report in hits)) hits[report] = words.every((word) => isIn(texts[report], word));
        card.hidden = !hits[report];
        if (lang && twin && own !== lang) return;
        all += 1;
        shown += hits[report];
        any = any || hits[report];
      });
      section.hidden = !any;
    });
    if (!found) return;
    [...found.children].forEach((each) => {
      const words = shown ? each.dataset.some : each.dataset.none;
      each.textContent = words.replace("{shown}", shown).replace("{all}", all);
    });
  };

  const speak = () => {
    const lang = radios.find((radio) => radio.checked).value;
    document.documentElement.lang = LANGUAGES[lang || "en"];
    document.querySelectorAll("[data-en]").forEach((each) => {
      each.textContent = each.dataset[lang] || `${each.dataset.en} ${each.dataset.zh}`;
    });
  };
  const choose = (lang) => { (radios.find((radio) => radio.value === lang) || radios[2]).checked = true; };
  const address = () => new URLSearchParams(location.hash.slice(1));
  const read = () => {
    const said = address();
    if (said.has("lang")) choose(said.get("lang"));
    if (query && said.has("q")) query.value = said.get("q");
    speak();
    filter();
  };
  const write = () => {
    const said = new URLSearchParams();
    if (query && query.value) said.set("q", query.value);
    said.set("lang", radios.find((radio) => radio.checked).value);
    history.replaceState(null, "", `#${said}`);
  };

  const spoken = navigator.languages.map((each) => each.slice(0, 2)).find((each) => each in LANGUAGES);
  choose(kept.get("language") || spoken || "en");
  read();
  window.addEventListener("hashchange", read);
  radios.forEach((radio) => radio.addEventListener("change", () => {
    kept.set("language", radio.value || "both");
    speak();
    filter();
    write();
  }));
  if (query) query.addEventListener("input", () => { filter(); write(); });
});
