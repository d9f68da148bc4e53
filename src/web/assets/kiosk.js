// Renews the code on the screen without loading the page. Without it the page loads itself anew at the code's end.
const patienceMs = 5_000;
/** A code counts for a half minute after it was shown; from then on it only misleads. */
const deadAfter = -30;
const idleMs = 60_000;
/** From the warning on there is half a minute to say so (WCAG 2.2.1 asks for twenty seconds). */
const warnedSeconds = 30;
const screen = document.querySelector("[data-kiosk]");
const find = (name) => screen.querySelector(`[data-${name}]`);
let left = screen ? Number(screen.dataset.seconds) : 0;

function count() {
  const line = find("countdown");
  line.textContent = line.dataset.countdown.replace("{seconds}", String(Math.max(0, left)));
  const dead = left <= deadAfter;
  screen.classList.toggle("dead", dead);
  find("offline").hidden = !dead;
}

async function renew() {
  const line = new AbortController();
  const patience = setTimeout(() => line.abort(), patienceMs);
  try {
    const response = await fetch(screen.dataset.kiosk, {
      headers: { accept: "application/json" },
      signal: line.signal,
    });
    // The session has ended, or the role: the page itself says so.
    if (response.status === 401 || response.status === 403) return location.reload();
    if (!response.ok) return;
    const code = await response.json();
    find("qr").setAttribute("d", code.path);
    find("qr").closest("svg").setAttribute("viewBox", `0 0 ${code.size} ${code.size}`);
    find("digits").textContent = code.digits;
    find("present").textContent = code.present;
    left = code.seconds;
  } catch {
    // No line just now: the next second tries again.
  } finally {
    clearTimeout(patience);
  }
  count();
}

// Asked for once a second at most, and the number of people about every ten.
let ticks = 0;
let asking = false;
async function tick() {
  left -= 1;
  ticks += 1;
  count();
  if (asking || (left > 0 && ticks % 10 !== 0)) return;
  asking = true;
  await renew();
  asking = false;
}

/** The view in which a person types. When it is left alone, the screen asks whether the person is there, and then goes back to the code. */
function goBackWhenIdle({ dataset }) {
  const warning = document.querySelector("[data-idle]");
  const line = warning.querySelector("p");
  let idle = 0;
  let counting = 0;
  const warn = () => {
    let seconds = warnedSeconds;
    warning.hidden = false;
    const tell = () => {
      line.textContent = warning.dataset.idle.replace("{seconds}", String(seconds));
      if (seconds <= 0) location.assign(dataset.back);
      seconds -= 1;
    };
    tell();
    counting = setInterval(tell, 1000);
  };
  const wait = () => {
    clearTimeout(idle);
    clearInterval(counting);
    warning.hidden = true;
    idle = setTimeout(warn, idleMs);
  };
  for (const sign of ["keydown", "pointerdown"]) addEventListener(sign, wait);
  wait();
}

if (screen) setInterval(tick, 1000);
else goBackWhenIdle(document.querySelector("[data-back]"));
