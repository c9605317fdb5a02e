"use strict";
(() => {
  const get = (id) => document.getElementById(id);
  const body = document.querySelector("#postings tbody");
  const form = get("filters");
  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const remember = (name, value) => { try { localStorage.setItem(name, value); } catch { /* not kept */ } };
  const remembered = (name) => { try { return localStorage.getItem(name); } catch { return null; } };

  const speak = (language) => {
    get(`page-${language}`).checked = true;
    document.documentElement.lang = language;
    for (const option of document.querySelectorAll("option[data-en]")) option.textContent = option.dataset[language];
    for (const field of document.querySelectorAll("input[data-en]")) field.placeholder = field.dataset[language];
  };
  for (const button of document.getElementsByName("page-language"))
    button.addEventListener("change", () => { remember("harmonize-language", button.value); speak(button.value); });
  const wanted = remembered("harmonize-language") || (navigator.language || "en").slice(0, 2);
  speak(wanted === "es" ? "es" : "en");
  if (!body) return;

  const rows = [...body.rows];
  const texts = new Map(rows.map((row) => [row, fold(row.dataset.search)]));
  const day = (ahead) => {
    const date = new Date();
    date.setDate(date.getDate() + ahead);
    return [date.getFullYear(), date.getMonth() + 1, date.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
  };
  const last = (date) => (date.length === 7 ? `${date}-31` : date); // of a month without a day
  const deadlines = {
    deadline_open: (date) => date >= day(0),
    deadline_soon: (date) => date >= day(0) && date <= day(14),
    deadline_past: (date) => date && date < day(0),
    deadline_none: (date) => !date,
  };
  const flagged = {
    with_errors: (row) => row.errors > 0,
    with_warnings: (row) => Number(row.errors) + Number(row.warnings) > 0,
    without_flags: (row) => Number(row.errors) + Number(row.warnings) === 0,
  };
  const chosen = (id) => get(id)?.value || "";
  const matches = (row) => {
    const { organization, deadline, language } = row.dataset;
    return fold(chosen("search")).split(/\s+/).every((word) => texts.get(row).includes(word))
      && (!chosen("organization") || organization === chosen("organization"))
      && (!chosen("deadline") || deadlines[chosen("deadline")](last(deadline)))
      && (!chosen("language") || language.split(" ").includes(chosen("language")))
      && (!chosen("flags") || flagged[chosen("flags")](row.dataset));
  };
  const filter = () => {
    let count = 0;
    for (const row of rows) {
      row.hidden = !matches(row);
      count += !row.hidden;
    }
    get("count").textContent = count;
    get("none").hidden = count > 0;
  };

  const sort = (head) => {
    const key = head.dataset.sort;
    const before = head.getAttribute("aria-sort");
    const down = before ? before === "ascending" : ["repairs", "flags"].includes(key); // the most first
    for (const other of document.querySelectorAll("[data-sort]")) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    const order = new Intl.Collator(document.documentElement.lang, { numeric: true });
    const compare = (a, b) => {
      const [one, two] = [a.dataset[key], b.dataset[key]];
      if (!one !== !two) return one ? -1 : 1; // what is not stated comes last, either way
      return order.compare(one, two) * (down ? -1 : 1);
    };
    body.append(...rows.sort(compare));
  };
  for (const head of document.querySelectorAll("[data-sort]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => sort(head));
  }
  form.hidden = false;
  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(filter));
  filter();
})();
