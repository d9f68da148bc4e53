// Keeps the totals of a campaign's page as they are in the bank. Without it the page is right as of its loading.
const list = document.querySelector("[data-live]");
const language = document.documentElement.lang.startsWith("zh") ? "zh-CN" : "en-GB";
const query = `subscription CampaignTotals($slug: String!, $afterSeq: Seq) { campaignTotals(slug: $slug, afterSeq: $afterSeq) {
  activities organizations volunteers checkedIn serviceMinutes donatedMinutes asOfSeq } }`;
const drawAgainMs = 15_000;
const pause = document.querySelector("[data-pause]");
const announcement = document.querySelector("[data-told]");
/** The least time between two announcements to screen readers; in between, the numbers change silently. */
const sayAgainMs = 20_000;
let saidAt = 0;
/** What came while the totals stood still. */
let latest = null;
let seq = list ? list.dataset.after : "";
let drawnAt = 0;
let waiting = null;

function show(totals) {
  let moved = false;
  for (const shown of list.querySelectorAll("[data-total]")) {
    const name = shown.dataset.total;
    const value = name.endsWith("Minutes") ? totals[name] / 60 : totals[name];
    const text = value.toLocaleString(language, { maximumFractionDigits: 1 });
    if (text === shown.textContent) continue;
    shown.textContent = text;
    shown.classList.remove("moved");
    // Reading the layout lets the same animation begin anew.
    void shown.offsetWidth;
    shown.classList.add("moved");
    moved = true;
  }
  if (!moved) return;
  drawSoon();
  if (!announcement || Date.now() - saidAt < sayAgainMs) return;
  saidAt = Date.now();
  announcement.textContent = list.dataset.said.replace("{checkedIn}", totals.checkedIn.toLocaleString(language));
}

const isPaused = () => pause?.getAttribute("aria-pressed") === "true";
function toggle() {
  const stands = !isPaused();
  pause.setAttribute("aria-pressed", String(stands));
  pause.textContent = stands ? pause.dataset.goOn : pause.dataset.pause;
  if (!stands && latest) show(latest);
  latest = null;
}

// The drawings cost more than the numbers: at most four times a minute.
function drawSoon() {
  if (waiting !== null) return;
  waiting = setTimeout(
    () => {
      waiting = null;
      if (isPaused()) return;
      drawnAt = Date.now();
      for (const image of document.querySelectorAll("[data-chart]")) {
        const from = image.tagName === "IMG" ? "src" : "srcset";
        image.setAttribute(from, `${image.getAttribute(from).replace(/&at=.*$/, "")}&at=${seq}`);
      }
    },
    Math.max(0, drawnAt + drawAgainMs - Date.now()),
  );
}

function listen() {
  const variables = JSON.stringify({ slug: list.dataset.live, afterSeq: seq });
  const source = new EventSource(
    `/graphql/stream?query=${encodeURIComponent(query)}&variables=${encodeURIComponent(variables)}`,
  );
  source.addEventListener("next", (event) => {
    const { data } = JSON.parse(event.data);
    if (!data?.campaignTotals) return;
    seq = data.campaignTotals.asOfSeq;
    if (isPaused()) latest = data.campaignTotals;
    else show(data.campaignTotals);
  });
  // The server ends a stream when it restarts; what happened meanwhile is asked for from where we stand.
  const again = () => {
    source.close();
    setTimeout(listen, 5_000 + Math.random() * 5_000);
  };
  source.addEventListener("complete", again);
  source.addEventListener("error", again);
}

if (list && "EventSource" in window) {
  listen();
  if (pause) {
    pause.hidden = false;
    pause.addEventListener("click", toggle);
  }
}
