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
  const first = JSON.stringify(typedIn(form));
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

// Save a draft while it is written. The server answers as to a script: 204 or JSON, with X-Saved-At ("14:02") when saved.
for (const form of document.querySelectorAll("form[data-autosave]")) {
  const words = form.querySelector("[data-saved-at]");
  const save = calmly(3000, async () => {
    const body = new FormData(form);
    for (const [name, value] of [...body]) if (value instanceof File) body.delete(name);
    body.append("autosave", "1");
    const answer = await fetch(form.action, { method: "POST", body, headers: { "X-Requested-With": "fetch", Accept: "application/json" } });
    const time = answer.headers.get("X-Saved-At");
    if (answer.ok && !answer.redirected && time) {
      if (words) words.textContent = form.dataset.savedWords.replace("{time}", time);
      const version = answer.headers.get("X-Version");
      if (version && form.elements.version) form.elements.version.value = version;
    }
  });
  form.addEventListener("input", save);
}

// The sentence, written by the server from what is typed so far.
for (const form of document.querySelectorAll("form[data-live-sentence]")) {
  const place = document.querySelector("[data-sentence]");
  if (!place) continue;
  const write = calmly(1000, async () => {
    const answer = await fetch(form.dataset.liveSentence, {
      method: "POST",
      body: new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === "string")),
      headers: { "X-Requested-With": "fetch", Accept: "text/html" },
    });
    if (!answer.ok || answer.redirected) return;
    const html = await answer.text();
    if (place.innerHTML !== html) place.innerHTML = html;
  });
  form.addEventListener("input", write);
}
