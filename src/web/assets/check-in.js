// For a weak line: a press that cannot be sent is kept, and sent with the time it was made when the line is back.
const store = "goodhours check-ins";
const said = document.getElementById("said");
const forms = [...document.querySelectorAll("[data-check]")];
const owner = forms[0] ? forms[0].dataset.owner : "";
// The bank's clock, not the phone's: what is wrong by an hour here would be refused there.
const ahead = forms[0] ? Number(forms[0].dataset.now) - Date.now() : 0;

const kept = () => JSON.parse(localStorage.getItem(store) || "[]");
const keep = (list) => localStorage.setItem(store, JSON.stringify(list));

function say(text, tone) {
  said.textContent = text;
  said.className = `note ${tone}`;
  said.hidden = false;
}

async function post(path, body) {
  const response = await fetch(path, {
    method: "POST",
    headers: { accept: "application/json", "content-type": "application/x-www-form-urlencoded" },
    body,
  });
  // A server that is restarting is a weak line, too.
  if (response.status >= 500) throw new Error("later");
  return response.json();
}

async function send(form) {
  const fields = new URLSearchParams(new FormData(form));
  for (const [name, value] of [...fields]) if (value === "") fields.delete(name);
  // Always with its own time: what was sent and what is sent again must be the same words.
  fields.set("at", String(Math.round(Date.now() + ahead)));
  say(said.dataset.sending, "");
  try {
    answer(await post(form.action, fields.toString()));
  } catch {
    // A position is used now or not at all: nothing keeps it, this phone neither.
    fields.delete("latitude");
    fields.delete("longitude");
    keep([...kept(), { path: form.action, body: fields.toString(), owner }]);
    say(said.dataset.saved, "good");
  }
}

function findPosition() {
  return new Promise((found, denied) => {
    navigator.geolocation.getCurrentPosition(found, denied, { timeout: 10_000, maximumAge: 60_000 });
  });
}

function answer(result) {
  if (result.done || result.signedOut)
    return location.replace(location.pathname + (result.signedOut ? location.search : ""));
  say([result.text, result.advice].filter(Boolean).join(" "), "bad");
}

// On a phone that two people share, a press is sent only for whoever made it.
let sending = false;
async function sendKept() {
  const mine = kept().filter((one) => one.owner === owner);
  if (sending || mine.length === 0) return;
  sending = true;
  try {
    for (const one of mine) {
      const result = await post(one.path, one.body);
      if (result.signedOut) break;
      keep(kept().filter((other) => other.body !== one.body));
      answer(result);
    }
  } catch {
    say(said.dataset.saved, "good");
  }
  sending = false;
}

for (const form of forms) {
  // Whoever agreed to be found and pressed at once waits for the answer.
  let positioned = Promise.resolve();
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const button = form.querySelector("button");
    button.disabled = true;
    positioned
      .then(() => send(form))
      .finally(() => {
        button.disabled = false;
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
addEventListener("online", sendKept);
setInterval(sendKept, 15_000);
sendKept();
