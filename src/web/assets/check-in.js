// For a weak line: a press is kept before it is sent, with the time it was made, and sent again until it is answered.
const store = "goodhours check-ins";
const patienceMs = 8_000;
const notice = document.getElementById("said");
const forms = [...document.querySelectorAll("[data-check]")];
// A press kept for later is sent only for who made it, also where nothing can be pressed any more.
const owner = notice.dataset.owner;
// The bank's clock, not the phone's: what is wrong by an hour here would be refused there.
const ahead = Number(notice.dataset.now) - Date.now();

// Where a browser keeps nothing, this page still remembers.
let memory = "[]";
function kept() {
  try {
    return JSON.parse(localStorage.getItem(store) ?? memory);
  } catch {
    return JSON.parse(memory);
  }
}
function keep(list) {
  memory = JSON.stringify(list);
  try {
    localStorage.setItem(store, memory);
  } catch {
    // It is full, or forbidden.
  }
}
// Each press is a command of its own: a person who mistyped presses again with other words.
const freshKey = () =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

function say(text, tone) {
  document.getElementById("digits")?.removeAttribute("aria-invalid");
  notice.textContent = text;
  notice.className = `note ${tone}`;
  notice.hidden = false;
}

async function post(path, body) {
  const line = new AbortController();
  const patience = setTimeout(() => line.abort(), patienceMs);
  const response = await fetch(path, {
    method: "POST",
    headers: { accept: "application/json", "content-type": "application/x-www-form-urlencoded" },
    body,
    signal: line.signal,
  });
  clearTimeout(patience);
  // A server that is restarting is a weak line, too.
  if (response.status >= 500) throw new Error("later");
  return response.json();
}

/** Kept first, sent then: a page that is closed, or a line that hangs, loses nothing. */
function send(form, act) {
  const fields = new URLSearchParams(new FormData(form));
  for (const [name, value] of [...fields]) if (value === "") fields.delete(name);
  fields.set("key", freshKey());
  fields.set("act", act);
  // Always with its own time: what was sent and what is sent again must be the same words.
  fields.set("at", String(Math.round(Date.now() + ahead)));
  const whole = fields.toString();
  // A position is used now or not at all: nothing keeps it, this phone neither.
  fields.delete("latitude");
  fields.delete("longitude");
  const body = fields.toString();
  keep([...kept(), { path: form.action, body, owner }]);
  say(notice.dataset.sending, "");
  return sendKept({ [body]: whole });
}

// On a phone that two people share, a press is sent only for the person who made it; presses go one after another, as they were made.
let sending = null;
async function sendKept(whole = {}) {
  await sending;
  sending = sendAll(whole);
  await sending;
  sending = null;
}

async function sendAll(whole) {
  let result = null;
  try {
    for (const { path, body } of kept().filter((press) => press.owner === owner)) {
      result = await post(path, whole[body] ?? body);
      // A person who is signed out sends it once they are signed in again.
      if (result.signedOut) break;
      keep(kept().filter((other) => other.body !== body));
    }
  } catch {
    return saved();
  }
  if (result) show(result);
}

function show(result) {
  // A second press that says the same was a worry, not a mistake.
  if (result.done || result.signedOut || result.code === "ALREADY_CHECKED_IN")
    return location.replace(location.pathname + (result.signedOut ? location.search : ""));
  // No blank stands between Chinese sentences.
  const gap = document.documentElement.lang.startsWith("zh") ? "" : " ";
  say([result.text, result.advice].filter(Boolean).join(gap), "bad");
  // A code that was scanned and has ended is typed instead.
  const field = document.getElementById("digits");
  if (!field || !result.path?.some((part) => part === "digits" || part === "token")) return;
  const fold = field.closest("details");
  if (fold) fold.open = true;
  if (result.path.includes("digits")) {
    field.setAttribute("aria-invalid", "true");
    field.setAttribute("aria-describedby", "said");
  }
  field.focus();
}

/** A person who checked in offline may check out offline, too: the form that brought them in also takes them out. */
function saved() {
  say(notice.dataset.saved, "good");
  for (const form of document.querySelectorAll("[data-leave]")) {
    form.querySelector("input[name=act]").value = "out";
    form.querySelector("button").textContent = form.dataset.leave;
    form.querySelector(".digits").value = "";
  }
}

function findPosition() {
  return new Promise((resolve, reject) => {
    navigator.geolocation.getCurrentPosition(resolve, reject, { timeout: 10_000, maximumAge: 60_000 });
  });
}

for (const form of forms) {
  // A person who agreed to be located and pressed at once waits for the answer.
  let positioned = Promise.resolve();
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const buttons = form.querySelectorAll("button");
    const act = form.querySelector("input[name=act]").value;
    for (const button of buttons) button.disabled = true;
    void positioned
      .then(() => send(form, act))
      .finally(() => {
        for (const button of buttons) button.disabled = false;
      });
  });
  const position = form.querySelector("[data-position]");
  if (!position || !navigator.geolocation) continue;
  position.hidden = false;
  const [box, latitude, longitude] = position.querySelectorAll("input");
  box.addEventListener("change", () => {
    latitude.value = longitude.value = "";
    if (!box.checked) return;
    positioned = findPosition().then(
      ({ coords }) => {
        latitude.value = String(coords.latitude);
        longitude.value = String(coords.longitude);
      },
      () => {
        box.checked = false;
        say(position.dataset.denied, "");
      },
    );
  });
}
// A person who is early sees it open by itself; a browser counts no longer than some days.
const early = Number(notice.dataset.opens) - Date.now() - ahead;
if (early > 0 && early < 86_400_000) setTimeout(() => location.reload(), early);
addEventListener("online", () => sendKept());
setInterval(() => sending ?? sendKept(), 15_000);
void sendKept();
