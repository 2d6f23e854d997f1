// Additions only: every page works without this file. Forms switch them on with data attributes.

const copyOf = (form) => `typed:${location.pathname}:${form.id || form.getAttribute("action") || ""}`;

// What may be kept: what people typed. Never passwords, files or tokens.
function typedIn(form) {
  return [...new FormData(form)].filter(
    ([name, value]) => typeof value === "string" && name !== "csrf_token" && form.elements[name]?.type !== "password",
  );
}

function store(action) {
  try {
    return action(sessionStorage);
  } catch {
    return null; // Storage is closed or full: nothing is lost but this addition.
  }
}

// A summary of errors takes the focus, so that it is read first.
document.querySelector("#error-summary")?.focus();

// The theme: the reader's choice, kept in this browser.
const themeSwitch = document.querySelector("[data-theme-switch]");
if (themeSwitch) {
  const isDark = () =>
    (document.documentElement.dataset.theme ||
      (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
  const name = () => {
    themeSwitch.textContent = isDark() ? themeSwitch.dataset.toLight : themeSwitch.dataset.toDark;
  };
  themeSwitch.hidden = false;
  name();
  themeSwitch.addEventListener("click", () => {
    const theme = isDark() ? "light" : "dark";
    document.documentElement.dataset.theme = theme;
    try {
      localStorage.setItem("theme", theme);
    } catch {
      // Not kept; it holds for this page.
    }
    name();
  });
}

// Keep a copy of what is typed until the form has been taken, and offer it when the page comes back without it.
for (const form of document.querySelectorAll("form[data-keep]")) {
  const key = copyOf(form);
  const kept = store((storage) => JSON.parse(storage.getItem(key)));
  let first = JSON.stringify(typedIn(form));
  if (kept && kept.sent && !document.querySelector("#error-summary")) {
    // The last thing that happened here was a sending, and the page is fresh: it was taken.
    store((storage) => storage.removeItem(key));
  } else if (kept && kept.base === first && JSON.stringify(kept.values) !== first) {
    // The server still has what it had when the copy was made: what was typed since comes back.
    const seen = new Map();
    for (const [name, value] of kept.values) seen.set(name, [...(seen.get(name) || []), value]);
    for (const field of form.elements) {
      if (!field.name || ["hidden", "password", "file", "submit", "button"].includes(field.type)) continue;
      const values = seen.get(field.name) || [];
      if (field.type === "checkbox" || field.type === "radio") field.checked = values.includes(field.value);
      else if (field.tagName === "SELECT") for (const option of field.options) option.selected = values.includes(option.value);
      else if (values.length) field.value = values.shift();
    }
  }
  const keep = (sent) =>
    store((storage) => storage.setItem(key, JSON.stringify({ base: first, values: typedIn(form), sent })));
  form.addEventListener("input", () => keep(false));
  form.addEventListener("submit", () => keep(true));
  // The server keeps what is typed: the next page of this form begins there.
  form.addEventListener("kept", (event) => {
    first = event.detail;
    keep(false);
  });
}

// Ask at most once in `pause` milliseconds, and once more after the last change.
function calmly(pause, action) {
  let timer = 0;
  let running = false;
  let again = false;
  const run = async () => {
    timer = 0;
    running = true;
    await action().catch(() => {});
    running = false;
    if (again) {
      again = false;
      timer = setTimeout(run, pause);
    }
  };
  return () => {
    if (running) again = true;
    else if (!timer) timer = setTimeout(run, pause);
  };
}

// Keep a draft on the server while it is written. It answers as to a script: 2xx with X-Saved-At ("14:02") when kept,
// 409 with it when a colleague changed the same fields meanwhile, 401 when the sign-in expired.
for (const form of document.querySelectorAll("form[data-autosave]")) {
  const words = form.querySelector("[data-saved-at]");
  let sent = false;
  let under = null;
  const tell = (text) => {
    if (words && text && words.textContent !== text) words.textContent = text;
  };
  const post = async (leaving) => {
    const body = new FormData(form);
    for (const [name, value] of [...body]) if (value instanceof File) body.delete(name);
    body.append("autosave", "1");
    under = new AbortController();
    const headers = { "X-Requested-With": "fetch", Accept: "application/json" };
    return fetch(form.action, { method: "POST", body, headers, keepalive: leaving, signal: leaving ? null : under.signal });
  };
  let unkept = false;
  const save = calmly(3000, async () => {
    if (sent) return;
    const typed = JSON.stringify(typedIn(form));
    unkept = false;
    const answer = await post(false);
    const time = answer.headers.get("X-Saved-At");
    if (answer.status === 401) tell(form.dataset.signedOutWords);
    if (answer.redirected || !time) return;
    if (answer.status === 409) tell((form.dataset.changedWords || "").replace("{time}", time));
    else if (answer.ok) tell(form.dataset.savedWords.replace("{time}", time));
    form.dispatchEvent(new CustomEvent("kept", { detail: typed }));
  });
  form.addEventListener("input", () => {
    unkept = true;
    save();
  });
  form.addEventListener("submit", () => {
    sent = true;
    under?.abort();
  });
  addEventListener("pagehide", () => {
    if (unkept && !sent) post(true).catch(() => {});
  });
  // Back from the next page, out of the browser's memory: typing counts again.
  addEventListener("pageshow", () => {
    sent = false;
  });
}

// The sentence and the checks, written by the server from what is typed so far.
for (const form of document.querySelectorAll("form[data-live-sentence]")) {
  const place = document.querySelector("[data-sentence]");
  if (!place) continue;
  const fill = (element, html) => {
    if (element.innerHTML !== html) element.innerHTML = html;
  };
  const write = calmly(1000, async () => {
    const answer = await fetch(form.dataset.liveSentence, {
      method: "POST",
      body: new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === "string")),
      headers: { "X-Requested-With": "fetch", Accept: "text/html" },
    });
    if (!answer.ok || answer.redirected) return;
    const html = await answer.text();
    const parts = new DOMParser().parseFromString(html, "text/html").querySelectorAll("[data-live-part]");
    if (!parts.length) fill(place, html);
    for (const part of parts) {
      const element = document.querySelector(`[data-live-part="${part.dataset.livePart}"]`);
      if (element) fill(element, part.innerHTML);
    }
  });
  form.addEventListener("input", write);
}

// A part of the page that waits for something is fetched anew every few seconds, until it waits no longer.
function lookAgain() {
  const part = document.querySelector("[data-look-again]");
  if (!part) return;
  setTimeout(async () => {
    try {
      // Nobody is interrupted: not who is on a control in this part, and not a page that is out of sight.
      if (!document.hidden && !part.contains(document.activeElement)) {
        const answer = await fetch(location.href, { credentials: "same-origin" });
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        const fresh = answer.ok && !answer.redirected && page.getElementById(part.id);
        if (fresh && fresh.outerHTML !== part.outerHTML) part.replaceWith(fresh);
      }
    } catch {
      // No network now: the link "Look again" is there.
    }
    lookAgain();
  }, Number(part.dataset.lookAgain) * 1000);
}
lookAgain();
