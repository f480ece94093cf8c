// What a browser adds to pages that work without it: completion, dragging over time, keys, and changing a page in place.
// Every state is an address that the server knows; nothing is drawn or counted here.
"use strict";

(() => {
  const root = document.documentElement;
  root.classList.replace("plain", "scripted");
  const scheme = read("scheme");
  if (scheme) root.dataset.scheme = scheme;

  const $ = (selector, within = document) => within.querySelector(selector);
  const $$ = (selector, within = document) => [...within.querySelectorAll(selector)];

  function read(name) {
    try { return localStorage.getItem(`searchlib.${name}`); } catch { return null; }
  }
  function keep(name, value) {
    try { localStorage.setItem(`searchlib.${name}`, value); } catch { /* A browser may not keep anything. */ }
  }
  function say(text) { $("#said").textContent = text; }

  // Light and dark

  function isDark() {
    return (root.dataset.scheme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
  }
  function offerScheme() {
    const button = document.createElement("button");
    button.type = "button";
    const show = () => { button.textContent = isDark() ? "Light" : "Dark"; button.title = `Show the page ${isDark() ? "light" : "dark"}`; };
    button.addEventListener("click", () => {
      root.dataset.scheme = isDark() ? "light" : "dark";
      keep("scheme", root.dataset.scheme);
      show();
    });
    show();
    $("#scheme").append(button);
  }

  // Changing the page in place

  let coming = null;

  function isOurs(url) {
    return url.origin === location.origin && url.pathname === document.body.dataset.home;
  }

  async function go(address, { trace = "pushState", scroll = "keep" } = {}) {
    const url = new URL(address, location.href);
    coming?.abort();
    coming = new AbortController();
    const main = $("#main");
    main.classList.add("waiting");
    let page;
    try {
      const answer = await fetch(url, { headers: { Accept: "text/html" }, signal: coming.signal });
      page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (!$("#main", page)) throw new TypeError("no page");
    } catch (error) {
      if (error.name !== "AbortError") location.href = url;
      return;
    }
    if (trace) history[trace]({}, "", url);
    show(page);
    if (scroll === "top") scrollTo(0, 0);
    const target = url.hash && document.getElementById(url.hash.slice(1));
    if (target && scroll === "target") target.scrollIntoView({ block: "nearest" });
  }

  function show(page) {
    const focused = document.activeElement;
    const id = focused?.id;
    const words = focused?.matches?.("input") && focused.type !== "checkbox" ? [focused.value, focused.selectionStart] : null;
    document.title = page.title;
    for (const kind of ["canonical", "alternate"]) {
      $(`link[rel=${kind}]`)?.remove();
      const link = $(`link[rel=${kind}]`, page);
      if (link) document.head.append(document.importNode(link, true));
    }
    const nav = $(".masthead nav", page);
    if (nav) $(".masthead nav").replaceWith(document.importNode(nav, true));
    const main = $("#main");
    main.replaceChildren(...[...$("#main", page).childNodes].map((node) => document.importNode(node, true)));
    main.classList.remove("waiting");
    furnish();
    const again = id && document.getElementById(id);
    if (again && again !== document.body) {
      again.focus({ preventScroll: true });
      if (words && again.value === words[0]) again.setSelectionRange?.(words[1], words[1]);
    }
    const count = $("#results-title");
    if (count) say(count.textContent);
  }

  function addressOf(form, submitter) {
    const given = new FormData(form, submitter);
    const url = new URL(form.action, location.href);
    // What is empty is not asked, but for values of fields, of which an empty one means none.
    const fields = new Set($$("fieldset[data-field]").map((each) => each.dataset.field));
    url.search = new URLSearchParams([...given].filter(([name, value]) => value !== "" || fields.has(name)));
    return usual(url);
  }

  // What is as if it were not said is left out, as in the addresses that the server writes.
  function usual(url) {
    const asked = url.searchParams;
    if (asked.get("limit") === "10") asked.delete("limit");
    if (asked.get("sort") === "relevance") asked.delete("sort");
    return url;
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "get") return;
    const url = addressOf(form, event.submitter);
    event.preventDefault();
    if (isOurs(url) && $("#ask") && isOurs(new URL(location.href))) go(url, { scroll: form.id === "ask" && event.submitter ? "top" : "keep" });
    else location.href = url;
  });

  document.addEventListener("change", (event) => {
    const form = event.target.form;
    if (form?.id !== "ask" || !isOurs(new URL(location.href))) return;
    if (event.target.matches("[type=checkbox], select")) go(addressOf(form));
  });

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const url = new URL(link.href?.baseVal ?? link.href, location.href);
    if (!isOurs(url) || !isOurs(new URL(location.href)) || !$("#ask") || !link.closest("#main")) return;
    if (url.search === location.search && url.hash) return;
    event.preventDefault();
    const scroll = link.closest(".pages") ? "top" : url.hash ? "target" : "keep";
    if (link.id === "more") goes.on = true;
    go(url, { scroll });
  });

  addEventListener("popstate", () => {
    if (isOurs(new URL(location.href)) && $("#ask")) go(location.href, { trace: "" });
  });

  // More hits, once they were asked for, as the reader comes near the end of them

  const goes = { on: false };
  const near = new IntersectionObserver((entries) => {
    if (goes.on && entries.some((entry) => entry.isIntersecting)) go($("#more").href, { trace: "replaceState" });
  }, { rootMargin: "400px" });

  // Completion

  function complete(box) {
    const list = document.createElement("ul");
    Object.assign(list, { className: "completions", id: "completions", hidden: true });
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", "Words and phrases of the articles");
    box.after(list);
    for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-controls": "completions", "aria-expanded": "false" })) box.setAttribute(name, value);
    let chosen = -1;
    let asking = null;
    let timer = 0;

    const options = () => $$("li", list);
    const close = () => {
      list.hidden = true;
      list.replaceChildren();
      chosen = -1;
      box.setAttribute("aria-expanded", "false");
      box.removeAttribute("aria-activedescendant");
    };
    const choose = (at) => {
      chosen = at;
      options().forEach((option, each) => option.setAttribute("aria-selected", String(each === at)));
      const option = options()[at];
      if (option) { box.setAttribute("aria-activedescendant", option.id); option.scrollIntoView({ block: "nearest" }); }
      else box.removeAttribute("aria-activedescendant");
    };
    // What is being typed: the words behind the last sign of the query language, or behind the last operator.
    const typed = () => {
      const before = box.value.slice(0, box.selectionStart);
      const start = Math.max(...["\"", "(", ")", ":", "+", "|", "=", "“", "„", "«"].map((sign) => before.lastIndexOf(sign))) + 1;
      const operator = before.slice(start).match(/^.*\b(?:AND|OR|NOT|NEAR\/\d+|PRE\/\d+)\s+/u);
      const at = start + (operator ? operator[0].length : 0);
      const minus = before.slice(at).match(/^.*(?:^|\s)-/u);
      return { at: at + (minus ? minus[0].length : 0), text: before.slice(at + (minus ? minus[0].length : 0)) };
    };
    const take = (text) => {
      const { at } = typed();
      const behind = box.value.slice(box.selectionStart);
      box.value = box.value.slice(0, at) + text + behind;
      box.setSelectionRange(at + text.length, at + text.length);
      close();
    };
    const ask = async () => {
      const { text } = typed();
      if (text.trim().length < 2) return close();
      asking?.abort();
      asking = new AbortController();
      let found;
      try {
        const url = `${document.body.dataset.complete}?${new URLSearchParams({ q: text.trimStart(), limit: 8 })}`;
        const answer = await fetch(url, { headers: { Accept: "application/json" }, signal: asking.signal });
        if (!answer.ok) return close();
        found = (await answer.json()).completions ?? [];
      } catch { return; }
      if (document.activeElement !== box) return;
      list.replaceChildren(...found.map((each, at) => {
        const option = document.createElement("li");
        option.id = `completion-${at}`;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        const word = document.createElement("span");
        word.textContent = each.text;
        word.dir = "auto";
        const count = document.createElement("span");
        count.className = "figure quiet";
        count.textContent = `${each.is_estimate ? "about " : ""}${each.doc_freq.toLocaleString("en")}`;
        option.append(word, " ", count);
        option.addEventListener("mousedown", (event) => { event.preventDefault(); take(each.text); });
        option.dataset.text = each.text;
        return option;
      }));
      chosen = -1;
      list.hidden = !found.length;
      box.setAttribute("aria-expanded", String(Boolean(found.length)));
      if (found.length) say(`${found.length} ${found.length === 1 ? "completion" : "completions"}`);
    };

    box.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, 80); });
    box.addEventListener("blur", () => { clearTimeout(timer); close(); });
    box.addEventListener("keydown", (event) => {
      const count = options().length;
      if (event.key === "Escape" && !list.hidden) { event.preventDefault(); event.stopPropagation(); close(); }
      else if (event.key === "ArrowDown" && count) { event.preventDefault(); choose((chosen + 1) % count); }
      else if (event.key === "ArrowUp" && count) { event.preventDefault(); choose((chosen - 1 + count) % count); }
      else if (event.key === "Enter" && chosen >= 0) { event.preventDefault(); take(options()[chosen].dataset.text); }
      else if (event.key === "Tab" && chosen >= 0) take(options()[chosen].dataset.text);
    });
  }

  // Time: dragging over bars, and stepping over them

  function narrowTo(since, until) {
    const form = $("#ask");
    form.since.value = since;
    form.until.value = until;
    const by = form.querySelector("[name=by]");
    if (by) by.disabled = true;
    say(`${since} to ${until}`);
    go(addressOf(form));
  }

  function time(drawing) {
    const bars = $$(".bands a", drawing);
    const picture = $("svg", drawing);
    const dates = (bar) => new URL(bar.getAttribute("href"), location.href).searchParams;
    const day = (share) => {
      const [first, last] = [Date.parse(drawing.dataset.first), Date.parse(drawing.dataset.last) + 864e5 - 1];
      return new Date(first + (last - first) * Math.min(Math.max(share, 0), 1)).toISOString().slice(0, 10);
    };
    const range = (from, to) => {
      const [low, high] = [Math.min(from, to), Math.max(from, to)];
      if (!bars.length) return [day(low), day(high)];
      const at = (share) => {
        const x = picture.getBoundingClientRect().left + share * picture.getBoundingClientRect().width;
        const rank = bars.findIndex((bar) => bar.getBoundingClientRect().right > x);
        return rank < 0 ? bars.length - 1 : rank;
      };
      return [dates(bars[at(low)]).get("since"), dates(bars[at(high)]).get("until")];
    };
    const share = (event) => {
      const box = picture.getBoundingClientRect();
      return Math.min(Math.max((event.clientX - box.left) / box.width, 0), 1);
    };
    let from = null;
    let strip = null;
    const stop = () => { strip?.remove(); strip = null; from = null; };
    picture.addEventListener("pointerdown", (event) => { if (!event.button && event.pointerType !== "touch") from = share(event); });
    picture.addEventListener("dragstart", (event) => event.preventDefault());
    drawing.addEventListener("pointermove", (event) => {
      if (from === null) return;
      const to = share(event);
      if (!strip) {
        if (Math.abs(to - from) * picture.getBoundingClientRect().width < 5) return;
        strip = document.createElement("div");
        strip.className = "selection";
        drawing.append(strip);
        drawing.setPointerCapture(event.pointerId);
      }
      const offset = picture.getBoundingClientRect().left - drawing.getBoundingClientRect().left;
      const width = picture.getBoundingClientRect().width;
      strip.style.left = `${offset + Math.min(from, to) * width}px`;
      strip.style.width = `${Math.abs(to - from) * width}px`;
    });
    drawing.addEventListener("pointerup", (event) => {
      if (from === null) return;
      const [start, was] = [from, strip];
      stop();
      if (!was) return;
      drawing.addEventListener("click", (click) => { click.preventDefault(); click.stopPropagation(); }, { capture: true, once: true });
      narrowTo(...range(start, share(event)));
    });
    drawing.addEventListener("pointercancel", stop);

    // One stop for Tab; arrows go from bar to bar, and with Shift they take several.
    let anchor = null;
    bars.forEach((bar, rank) => { bar.tabIndex = rank ? -1 : 0; });
    const select = (low, high) => bars.forEach((bar, rank) => bar.classList.toggle("selected", low !== null && rank >= low && rank <= high));
    picture.addEventListener("keydown", (event) => {
      const now = bars.indexOf(document.activeElement);
      if (now < 0) return;
      const step = { ArrowRight: 1, ArrowLeft: -1, Home: -now, End: bars.length - 1 - now }[event.key];
      if (step !== undefined) {
        event.preventDefault();
        const next = Math.min(Math.max(now + step, 0), bars.length - 1);
        anchor = event.shiftKey ? anchor ?? now : null;
        bars[now].tabIndex = -1;
        bars[next].tabIndex = 0;
        bars[next].focus();
        select(anchor === null ? null : Math.min(anchor, next), Math.max(anchor ?? 0, next));
      } else if (event.key === "Enter" && anchor !== null) {
        event.preventDefault();
        const [low, high] = [Math.min(anchor, now), Math.max(anchor, now)];
        narrowTo(dates(bars[low]).get("since"), dates(bars[high]).get("until"));
      } else if (event.key === "Escape" && anchor !== null) {
        anchor = null;
        select(null);
      }
    });
  }

  // Looking for values in a long facet

  function look(fieldset) {
    const link = $(".all-values", fieldset);
    if (!link) return;
    const box = document.createElement("input");
    Object.assign(box, { className: "facet-find", type: "search", id: `look-${fieldset.dataset.field}`, placeholder: `Find in all ${link.dataset.many}`, autocomplete: "off" });
    box.setAttribute("aria-label", `${$("legend", fieldset).textContent}: values that begin with`);
    const list = $(".choices", fieldset);
    const usualChoices = [...list.children];
    let timer = 0;
    let asking = null;
    const find = async () => {
      asking?.abort();
      if (!box.value.trim()) return list.replaceChildren(...usualChoices);
      asking = new AbortController();
      const url = new URL(link.href);
      url.searchParams.set("begins", box.value);
      try {
        const answer = await fetch(url, { headers: { Accept: "text/html" }, signal: asking.signal });
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        const found = $$("#values .choices > li", page).slice(0, 20);
        // What is chosen stays in the form, also where it does not begin so.
        const held = usualChoices.filter((item) => $("input", item).checked && !found.some((each) => $("input", each).value === $("input", item).value));
        list.replaceChildren(...held, ...found.map((item) => document.importNode(item, true)));
        say(found.length ? `${found.length} found` : "none begins so");
      } catch { /* The next letter asks again. */ }
    };
    box.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(find, 120); });
    box.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
    list.after(box);
  }

  // Marks of an article

  function marks(section) {
    const all = $$(".full mark");
    if (!all.length) return () => {};
    let now = -1;
    const step = document.createElement("p");
    step.className = "step";
    const where = document.createElement("span");
    where.className = "figure";
    const to = (rank) => {
      all[now]?.classList.remove("here");
      now = (rank + all.length) % all.length;
      all[now].classList.add("here");
      all[now].focus({ preventScroll: true });
      all[now].scrollIntoView({ block: "center" });
      history.replaceState({}, "", `#${all[now].id}`);
      show();
      say(`Match ${now + 1} of ${all.length}`);
    };
    const show = () => {
      where.textContent = now < 0 ? `${all.length} in all` : `${now + 1} of ${all.length}`;
      $$("ol a", section).forEach((link, rank) => (rank === now ? link.setAttribute("aria-current", "true") : link.removeAttribute("aria-current")));
    };
    for (const [text, name, by] of [["‹", "Match before", -1], ["›", "Next match", 1]]) {
      const button = document.createElement("button");
      Object.assign(button, { type: "button", textContent: text });
      button.setAttribute("aria-label", name);
      button.addEventListener("click", () => to(now < 0 && by < 0 ? -1 : now + by));
      step.append(button);
    }
    step.append(where);
    $("h2", section).after(step);
    section.addEventListener("click", (event) => {
      const link = event.target.closest("ol a");
      if (!link) return;
      event.preventDefault();
      to(all.findIndex((mark) => `#${mark.id}` === link.getAttribute("href")));
    });
    const anchored = all.findIndex((mark) => `#${mark.id}` === location.hash);
    if (anchored >= 0) { now = anchored; all[now].classList.add("here"); }
    show();
    return (by) => to(now < 0 && by < 0 ? -1 : now + by);
  }

  // Keys

  let stepMarks = () => {};

  function stepHits(by) {
    const links = $$(".hits .open, .kwic .open");
    if (!links.length) return;
    const now = links.indexOf(document.activeElement);
    links[now < 0 ? (by > 0 ? 0 : links.length - 1) : Math.min(Math.max(now + by, 0), links.length - 1)].focus();
    document.activeElement.scrollIntoView({ block: "nearest" });
  }

  document.addEventListener("focusin", (event) => {
    $(".hit.here")?.classList.remove("here");
    if (event.target.matches?.(".hits .open")) event.target.closest(".hit").classList.add("here");
  });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const isTyping = event.target.matches?.("input:not([type=checkbox]), textarea, select, [contenteditable]");
    if (event.key === "Escape" && isTyping) { event.target.blur(); return; }
    if (isTyping || $("dialog[open]")) return;
    const act = {
      "/": () => { const box = $("#q"); if (box) { box.focus(); box.select(); } else location.href = document.body.dataset.home; },
      "?": () => $("#keys").showModal(),
      j: () => stepHits(1),
      k: () => stepHits(-1),
      n: () => stepMarks(1),
      p: () => stepMarks(-1),
    }[event.key];
    if (act) { event.preventDefault(); act(); }
  });

  function furnish() {
    const box = $(".box #q");
    if (box) complete(box);
    const drawing = $("#drawing");
    if (drawing) time(drawing);
    $$(".narrow fieldset[data-field]").forEach(look);
    const more = $("#more");
    near.disconnect();
    if (more) near.observe(more); else goes.on = false;
    const section = $("#marks");
    stepMarks = section ? marks(section) : () => {};
  }

  document.addEventListener("DOMContentLoaded", () => { offerScheme(); furnish(); });
})();
