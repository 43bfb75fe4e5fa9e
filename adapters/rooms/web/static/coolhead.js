// Everything works without this. It only spares a reader from asking again, and a writer from pressing "Check my words".
(() => {
  "use strict";
  const main = () => document.getElementById("main");
  const csrf = document.body.dataset.csrf || "";
  const zone = document.documentElement.dataset.zone || "UTC";
  if (!csrf) return;
  document.documentElement.classList.add("js");

  // ---- moments: "14:32, in 11 min" stays true while the page stands
  const far = (seconds) => {
    const size = Math.abs(seconds);
    if (size < 60) return seconds > 0 ? "in less than a minute" : "just now";
    const said = size < 5400 ? `${Math.floor(size / 60)} min` : size < 172800 ? `${Math.round(size / 3600)} h` : `${Math.round(size / 86400)} days`;
    return seconds > 0 ? `in ${said}` : `${said} ago`;
  };
  const tick = () => {
    for (const one of document.querySelectorAll("time[data-far]")) {
      const clock = one.textContent.slice(0, one.textContent.lastIndexOf(", "));
      const text = `${clock}, ${far((Date.parse(one.dateTime) - Date.now()) / 1000)}`;
      if (one.textContent !== text) one.textContent = text;
    }
    for (const one of document.querySelectorAll("progress[data-until]")) {
      one.value = Math.max(0, Math.min(one.max, (Date.parse(one.dataset.until) - Date.now()) / 1000));
    }
  };
  setInterval(tick, 15000);

  // ---- painting anew: only <main>, never over something that is being typed, never under somebody about to press
  const typed = () => [...main().querySelectorAll("input:not([type=hidden]), textarea, select")].filter((one) => {
    if (one.type === "checkbox" || one.type === "radio") return one.checked !== one.defaultChecked;
    if (one.options) return [...one.options].some((option) => option.selected !== option.defaultSelected && option.defaultSelected);
    return one.value !== one.defaultValue;
  });
  const PRESSED = "button, summary, a, input, select, textarea, label";
  // Somebody is about to press while their pointer came to rest on a press, or their keys on one, less than a minute ago.
  const MINUTE = 60000;
  let pointed = -MINUTE, keyedAt = -MINUTE, touched = -MINUTE;
  const within = (moment, length) => performance.now() - moment < length;
  const aboutToPress = () => {
    if (within(touched, 1000)) return true;
    const over = main().querySelector(`:is(${PRESSED}):hover`);
    if (over && within(pointed, MINUTE)) return true;
    const focused = document.activeElement;
    return Boolean(focused && focused.matches(PRESSED) && main().contains(focused) && within(keyedAt, MINUTE));
  };
  let waits = false;
  const left = () => { if (waits && !typed().length && !aboutToPress()) { waits = false; soon(); } };
  addEventListener("pointermove", (event) => { if (event.pointerType !== "touch") pointed = performance.now(); setTimeout(left, 300); }, { passive: true });
  for (const kind of ["pointerdown", "pointerup"]) {
    addEventListener(kind, (event) => { if (event.pointerType === "touch") { touched = performance.now(); setTimeout(left, 1100); } }, { passive: true });
  }
  addEventListener("keydown", () => { keyedAt = performance.now(); });
  for (const kind of ["focusout", "input", "change", "keyup"]) addEventListener(kind, () => setTimeout(left, 300));
  setInterval(left, 5000);
  const keyed = (node) => (node && node.dataset && node.dataset.key ? `[data-key="${CSS.escape(node.dataset.key)}"]` : "");
  let asking = false;
  let again = false;
  const repaint = async (now) => {
    if (asking) { again = true; return; }
    asking = true;
    try {
      const answer = await fetch(location.href, { headers: { "x-fragment": "main", "if-none-match": main().dataset.tag || "" } });
      if (answer.status === 401) { location.reload(); return; }
      if (!answer.ok || answer.redirected) return;
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("main");
      if (!fresh) return;
      if (now !== true && (typed().length || aboutToPress())) { waits = true; offer(); return; }
      waits = false;
      for (const one of typed()) {
        const again = one.id && fresh.querySelector(`#${CSS.escape(one.id)}`);
        if (again) again.value = one.value;
      }
      const spoken = fresh.querySelector(".facts .mood") || fresh.querySelector(".answer");
      const focus = keyed(document.activeElement);
      const open = [...main().querySelectorAll("details[open][data-key]")].map(keyed);
      // What was just answered to a press stands until they go on, whatever else changes meanwhile.
      const told = main().querySelector(":scope > .notice");
      if (told && !fresh.querySelector(":scope > .notice")) (fresh.querySelector(":scope > .sheet, :scope > .thread") || fresh.firstElementChild).before(told);
      main().replaceWith(fresh);
      for (const one of open) { const found = main().querySelector(one); if (found) found.open = true; }
      if (focus) { const found = main().querySelector(focus); if (found) found.focus({ preventScroll: true }); }
      tick();
      const news = document.getElementById("news");
      if (news && spoken) { news.className = "unseen"; setTimeout(() => { news.textContent = spoken.textContent.trim(); }, 100); }
    } catch { /* away for a moment; the stream will say when it is back */ } finally {
      asking = false;
      if (again) { again = false; soon(); }
    }
  };
  const offer = () => {
    const news = document.getElementById("news");
    if (!news || news.dataset.offered) return;
    news.dataset.offered = "yes";
    news.className = "offered";
    news.textContent = "There is news. ";
    const show = document.createElement("button");
    show.type = "button";
    show.className = "link";
    show.textContent = "Show it";
    show.addEventListener("click", () => repaint(true));
    news.append(show);
  };
  let planned = 0;
  const soon = () => { if (!planned) planned = setTimeout(() => { planned = 0; repaint(); }, 150 + Math.random() * 250); };

  // ---- who is here
  const incident = () => main().dataset.incident || (document.getElementById("fill") || { dataset: {} }).dataset.incident || "";
  const writing = () => Boolean(document.getElementById("fill"));
  const here = async () => {
    const spot = document.getElementById("here");
    if (!spot || !spot.dataset.incident) return;
    try {
      const answer = await fetch(`/here/${encodeURIComponent(spot.dataset.incident)}`);
      if (!answer.ok) return;
      const text = new DOMParser().parseFromString(await answer.text(), "text/html").body.textContent.trim();
      if (spot.textContent.trim() === text) return;
      spot.textContent = text;
      const around = spot.closest(".present, .along");
      if (around) around.classList.toggle("nobody", !text);
    } catch { /* the next one will do */ }
  };
  const alive = (doing) => {
    const where = incident();
    if (!where) return;
    const body = new URLSearchParams({ csrf, incident: where, doing });
    if (doing === "left") { navigator.sendBeacon("/here", body); return; }
    fetch("/here", { method: "POST", body }).catch(() => {});
  };
  const sign = () => { if (!document.hidden) alive(writing() ? "writing" : "reading"); };
  sign();
  setInterval(sign, 12000);
  addEventListener("pagehide", () => alive("left"));

  // ---- news
  let wait = 1000;
  const listen = () => {
    const source = new EventSource("/events");
    const heard = (event) => {
      const { incident: which } = JSON.parse(event.data);
      const live = main().dataset.live || "";
      if (event.type === "here") { if (!which || which === incident()) here(); return; }
      if (live.startsWith("i/") ? event.type === "repaint" && (!which || live === `i/${which}`) : live) soon();
    };
    for (const kind of ["repaint", "here", "note"]) source.addEventListener(kind, heard);
    // What changed between the page and the stream was told to nobody, so every beginning asks once.
    source.addEventListener("hello", () => { wait = 1000; if (main().dataset.live) soon(); });
    source.addEventListener("error", () => {
      if (source.readyState !== EventSource.CLOSED) return;
      setTimeout(() => { listen(); if (main().dataset.live) soon(); }, wait + Math.random() * 500);
      wait = Math.min(wait * 2, 60000);
    });
    addEventListener("pagehide", () => source.close());
  };
  listen();
  addEventListener("pageshow", (event) => { if (event.persisted) { listen(); if (main().dataset.live) soon(); } });

  // ---- a press that takes long says so
  document.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (!button || event.defaultPrevented) return;
    if (button.getAttribute("aria-busy")) { event.preventDefault(); return; }
    button.setAttribute("aria-busy", "true");
    setTimeout(() => { if (button.isConnected) button.textContent = "Saving"; }, 2000);
    setTimeout(() => button.removeAttribute("aria-busy"), 10000);
  });

  // ---- words of ours to be carried by hand
  for (const one of document.querySelectorAll("[data-copy]")) {
    if (!navigator.clipboard) break;
    const button = document.createElement("button");
    button.className = "press";
    button.type = "button";
    button.textContent = "Copy";
    button.addEventListener("click", async () => { await navigator.clipboard.writeText(one.textContent); button.textContent = "Copied"; });
    one.after(button);
  }

  // ---- writing
  const form = document.getElementById("fill");
  if (!form || !("checks" in form.dataset)) return;
  const box = form.querySelector("textarea[name='f.words']");
  if (!box) return;
  const kept = `coolhead ${form.dataset.incident} ${form.dataset.form}`;
  const backdrop = () => document.getElementById("backdrop");
  const mirror = () => { backdrop().textContent = box.value + "\u200b"; };
  const show = (page, whole) => {
    for (const id of ["look", "finish"]) {
      const fresh = page.getElementById(id);
      const old = document.getElementById(id);
      if (fresh && old) { if (id === "look") old.replaceChildren(...fresh.childNodes); else old.textContent = fresh.textContent; }
    }
    for (const name of ["values", "signature"]) {
      const signed = page.querySelector(`#fill input[name='${name}']`);
      if (signed) form.querySelector(`input[name='${name}']`).value = signed.value;
    }
    const fresh = page.getElementById("backdrop");
    if (fresh) backdrop().replaceChildren(...fresh.childNodes);
    if (whole) { const words = page.querySelector("textarea[name='f.words']"); if (words) { box.value = words.value; box.focus(); } }
  };
  let turn = 0;
  const look = async (extra) => {
    const mine = ++turn;
    const body = new URLSearchParams(new FormData(form));
    body.set("do", "check");
    if (extra) body.set(extra.name, extra.value);
    try {
      const answer = await fetch("/fill", { method: "POST", body, headers: { "x-fragment": "main" } });
      if (mine !== turn || !answer.ok) return;
      show(new DOMParser().parseFromString(await answer.text(), "text/html"), Boolean(extra));
    } catch { /* the button still works */ }
  };
  let pause = 0;
  box.addEventListener("input", () => {
    mirror();
    turn += 1;
    clearTimeout(pause);
    pause = setTimeout(() => look(), 700);
    try { sessionStorage.setItem(kept, box.value); } catch { /* no room: nothing is lost but the spare */ }
  });
  form.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (button && ["take", "instead"].includes(button.name)) {
      event.preventDefault();
      look({ name: button.name, value: button.value });
    } else if (button && button.value === "check") {
      event.preventDefault();
      look();
    } else {
      try { sessionStorage.setItem(`${kept} sent`, "yes"); } catch { /* as above */ }
    }
  });
  // A form that comes back was not finished; one that is opened anew after it was sent begins empty.
  try {
    const spare = sessionStorage.getItem(kept);
    const sent = sessionStorage.getItem(`${kept} sent`);
    sessionStorage.removeItem(`${kept} sent`);
    if (sent && !document.querySelector("[role=alert]")) sessionStorage.removeItem(kept);
    else if (spare && spare.trim() && spare !== box.value) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "link";
      button.textContent = "Put back what you typed here before";
      button.addEventListener("click", () => { box.value = spare; mirror(); look(); box.focus(); button.remove(); });
      box.closest(".field").after(button);
    }
  } catch { /* no storage: no spare */ }
})();
