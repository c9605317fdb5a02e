"use strict";
// What htmx does not do: the current row, keys, filters, selected words, dialogs.
(() => {
  const get = (id) => document.getElementById(id);
  const rows = get("rows");
  const all = () => (rows ? [...rows.querySelectorAll(".row")] : []);
  const shown = () => all().filter((row) => !row.hidden);
  const keep = (name, value) => { try { localStorage.setItem(name, value); } catch { /* not kept */ } };
  const kept = (name) => { try { return localStorage.getItem(name); } catch { return null; } };
  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

  // A name for this tab: what is typed in it goes on in the same entry of the log.
  const tab = (() => {
    const fresh = [...crypto.getRandomValues(new Uint8Array(9))].map((byte) => byte.toString(36)).join("");
    try {
      if (performance.getEntriesByType("navigation")[0]?.type !== "reload") sessionStorage.setItem("tab", fresh);
      return sessionStorage.getItem("tab") || fresh;
    } catch { return fresh; }
  })();
  document.addEventListener("htmx:configRequest", (event) => { event.detail.headers["X-Harmonize-Tab"] = tab; });

  // Short messages: read out, shown, gone.
  let going = 0;
  const say = (words, bad = false) => {
    const place = get(bad ? "trouble" : "said");
    if (place.textContent === words) place.textContent = "";
    place.textContent = words;
    clearTimeout(going);
    if (!bad) going = setTimeout(() => { place.textContent = ""; }, 4000);
  };
  document.addEventListener("said", (event) => { get("trouble").textContent = ""; say(event.detail.value); });
  document.addEventListener("htmx:sendError", () => say(document.body.dataset.lost, true));
  document.addEventListener("htmx:responseError", (event) => {
    const answer = new DOMParser().parseFromString(event.detail.xhr.responseText, "text/html");
    say(answer.body.textContent.trim().slice(0, 300), true);
  });

  // The current row.
  let current = "";
  const row = () => (current ? get(current) : null);
  const select = (wanted, focus = true) => {
    if (!wanted) return;
    current = wanted.id;
    for (const each of all()) each.classList.toggle("current", each.id === current);
    if (focus) {
      wanted.focus({ preventScroll: true });
      wanted.scrollIntoView({ block: "nearest", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
    }
  };
  if (rows) select(shown()[0], false);
  const step = (by, test = () => true) => {
    const list = shown();
    const at = list.findIndex((each) => each.id === current);
    const order = by > 0 ? list.slice(at + 1) : list.slice(0, Math.max(0, at)).reverse();
    const found = order.find(test) || (by > 0 && at < 0 ? list[0] : null);
    if (found) select(found);
    return Boolean(found);
  };
  const press = (what) => {
    const button = row()?.querySelector(`[data-do="${what}"]`);
    if (button && !button.disabled) button.click();
  };

  // Which rows are shown.
  const search = get("find");
  const filter = () => {
    if (!rows) return;
    const show = document.querySelector("input[name=show]:checked")?.value || "all";
    const words = fold(search.value).split(/\s+/).filter(Boolean);
    let count = 0;
    for (const each of all()) {
      const fits = show === "all" || (show === "look" ? each.dataset.looks === "yes" : each.dataset.status !== "accepted");
      const text = words.length ? fold([...each.querySelectorAll(".source p, .text, textarea")].map((part) => part.value ?? part.textContent).join(" ")) : "";
      const hidden = !(fits && words.every((word) => text.includes(word))) && !each.contains(document.activeElement);
      each.hidden = hidden;
      count += !hidden;
    }
    for (const chapter of rows.querySelectorAll(".chapter")) chapter.hidden = !chapter.querySelector(".row:not([hidden])");
    get("none-shown").hidden = count > 0;
    get("rows-shown").textContent = `${count} ${get("rows-shown").dataset.words}`;
  };
  for (const button of document.querySelectorAll("input[name=show][type=radio]")) button.addEventListener("change", filter);
  search?.addEventListener("input", filter);

  // Selected words on both sides become a term.
  const picked = { en: "", es: "" };
  const bar = get("term-bar");
  const showPicked = () => {
    if (!bar) return;
    bar.hidden = !(picked.en || picked.es);
    for (const side of ["en", "es"]) get(`picked-${side}`).textContent = picked[side] || "…";
  };
  const pick = () => {
    const selection = getSelection();
    const words = selection.toString().trim();
    const near = selection.anchorNode && (selection.anchorNode.nodeType === 1 ? selection.anchorNode : selection.anchorNode.parentElement);
    const side = near?.closest?.("[data-side]");
    if (!words || words.length > 120 || !side || !side.contains(selection.focusNode)) return;
    picked[side.dataset.side] = words;
    showPicked();
  };
  const drop = () => { picked.en = picked.es = ""; showPicked(); };
  const addTerm = () => {
    pick();
    if (!bar || !(picked.en || picked.es)) return;
    const asked = new URLSearchParams(picked);
    htmx.ajax("GET", `/terms/form?${asked}`, { target: "#sheet-body", swap: "innerHTML" }).then(openSheet);
  };
  if (bar) {
    let waiting = 0;
    document.addEventListener("selectionchange", () => { clearTimeout(waiting); waiting = setTimeout(pick, 150); });
    get("add-term").addEventListener("click", addTerm);
    get("drop-term").addEventListener("click", drop);
  }

  // Dialogs.
  const openDialog = (id) => { const dialog = get(id); if (dialog && !dialog.open) dialog.showModal(); };
  const openSheet = () => {
    openDialog("sheet");
    const fields = [...document.querySelectorAll("#term-form [name=en], #term-form [name=es]")];
    (fields.find((field) => !field.value) || fields[0])?.focus();
  };
  let stale = false;
  const closeDialog = (dialog) => {
    dialog.close();
    if (dialog.id === "sheet" && stale) location.reload();
  };
  document.addEventListener("click", (event) => {
    const open = event.target.closest("[data-open]");
    if (open) openDialog(open.dataset.open);
    const close = event.target.closest("[data-close]");
    if (close) closeDialog(close.closest("dialog"));
    const touched = event.target.closest(".row");
    if (touched && touched.id !== current) select(touched, false);
  });
  get("sheet").addEventListener("cancel", () => { if (stale) location.reload(); });

  // While it is not decided whose version stands, typing goes on in "mine" and is not saved.
  document.addEventListener("htmx:beforeRequest", (event) => {
    const field = event.target.matches?.(".row textarea") ? event.target : null;
    const mine = field?.closest(".row").querySelector(".clash [name=text]");
    if (!mine) return;
    event.preventDefault();
    mine.value = field.value;
    mine.closest(".clash").querySelector("[data-mine]").textContent = field.value;
  });

  // After htmx.
  document.addEventListener("htmx:afterRequest", (event) => {
    const { pathInfo, elt, target, xhr } = event.detail;
    const successful = xhr.status >= 200 && xhr.status < 300;
    if (elt.closest?.("[data-sheet]") && successful) openSheet();
    if (target?.id === "sheet-body" && successful && /\/terms\/(save|remove|apply)$/.test(pathInfo.requestPath)) { stale = true; drop(); }
    if (successful && /\/rows\/[^/]+\/accept$/.test(pathInfo.requestPath)) {
      document.body.dispatchEvent(new Event("learnt"));
      select(get(target.id), false);
      if (!step(1, (each) => each.dataset.status !== "accepted")) select(row());
    } else if (successful && target?.classList.contains("row") && !get(target.id)?.querySelector("textarea")) select(get(target.id));
    filter();
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    const swapped = event.target;
    if (!swapped.matches?.("article.row")) return;
    swapped.classList.toggle("current", swapped.id === current);
    const field = swapped.querySelector("textarea");
    if (!field) return;
    select(swapped, false);
    grow(field);
    field.focus();
    field.setSelectionRange(field.value.length, field.value.length);
  });
  document.addEventListener("htmx:oobAfterSwap", (event) => {
    const swapped = event.detail.target;
    if (!swapped.classList?.contains("row")) return;
    select(get(swapped.id), false); // now, for the next key may come before the next frame
    requestAnimationFrame(() => select(get(swapped.id)));
  });
  const grow = (field) => { field.style.height = "auto"; field.style.height = `${field.scrollHeight + 2}px`; };
  document.addEventListener("input", (event) => { if (event.target.matches(".row textarea")) grow(event.target); });

  // Keys.
  const singles = get("single-keys");
  singles.checked = kept("harmonize-keys") !== "off";
  singles.addEventListener("change", () => keep("harmonize-keys", singles.checked ? "on" : "off"));
  const follow = (id) => get(id)?.click();
  const toggle = () => {
    const now = document.querySelector("input[name=show]:checked")?.value;
    const other = document.querySelector(`input[name=show][value=${now === "look" ? "all" : "look"}]`);
    if (other) { other.checked = true; filter(); }
  };
  const keys = {
    j: () => step(1), ArrowDown: () => step(1), k: () => step(-1), ArrowUp: () => step(-1),
    n: () => step(1, (each) => each.dataset.looks === "yes"),
    e: () => press(`edit-${row()?.dataset.main}`), Enter: () => press(`edit-${row()?.dataset.main}`),
    a: () => press("accept"), r: () => press("reject"), c: () => press("copy"), h: () => press("history"),
    1: () => press("use-1"), 2: () => press("use-2"), 3: () => press("use-3"),
    s: () => [...document.querySelectorAll("[data-do=same]")].pop()?.click(),
    u: () => follow("undo-last"), t: addTerm, f: toggle,
    "[": () => follow("before"), "]": () => follow("behind"), g: () => { location.href = "/"; },
    "/": () => document.querySelector("[data-search]")?.focus(), "?": () => openDialog("help"),
  };
  // A key pressed before the answer to the one before it waits: it means the row that then is current.
  let answers = 0;
  const early = [];
  const answered = () => {
    answers -= 1;
    while (!answers && early.length) {
      const key = early.shift();
      if (!inText(document.activeElement) && !document.querySelector("dialog[open]")) keys[key]();
    }
  };
  document.addEventListener("htmx:beforeSend", (event) => {
    if (!event.target.matches?.("[data-do], #undo-last")) return;
    answers += 1;
    event.detail.xhr.addEventListener("loadend", answered);
  });
  const inText = (element) => element.closest("input:not([type=radio]):not([type=checkbox]), textarea, select");
  const ownKeys = (element, key) =>
    (key === "Enter" && element.closest("button, a, summary")) || (key.startsWith("Arrow") && (!rows || element.closest("input, summary")));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      const field = event.target.closest(".row textarea");
      if (field) { event.preventDefault(); field.blur(); field.closest(".row").querySelector("[data-do=close]").click(); }
      else if (event.target === search && search.value) { search.value = ""; filter(); }
      return;
    }
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.closest(".row")) {
      event.preventDefault();
      select(event.target.closest(".row"), false);
      press("accept");
      return;
    }
    if (event.key === "Enter" && event.target.closest(".row textarea")) { event.preventDefault(); return; }
    if (event.ctrlKey || event.metaKey || event.altKey || !singles.checked) return;
    if (inText(event.target) || document.querySelector("dialog[open]") || ownKeys(event.target, event.key)) return;
    const does = keys[event.key];
    if (!does) return;
    event.preventDefault();
    if (answers) early.push(event.key);
    else does();
  });
})();
