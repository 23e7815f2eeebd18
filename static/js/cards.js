// Takes notes with or without a network. Each card is first kept on this tablet, locked, and then
// sent; it leaves the tablet when the server has it. Without this script the form is sent as it is.

import * as kept from "./cards_kept.js";

const device = document.getElementById("device");
const form = document.getElementById("take");
const { send, me: whoIsHere, copy, worker, user } = device.dataset;
const here = Number(device.dataset.event);
const AGAIN = 15_000; // milliseconds between two tries
const LONGEST = 20_000; // milliseconds that a reply may take
const CHANGED = 409; // the card was changed on the server
const LOST_KEY = 410; // the card was locked for a key that the server does not have any more

const part = (id) => document.getElementById(id);
const words = new Map(); // key of a card → what it says, as long as this page is open
const problems = new Map(); // key of a card → the status with which the server refused it
let person; // whose keys lock what is written here
let opens; // the key that opens their cards, once the server has said who is there
let token; // that the server knows our own requests by
let asked = 0; // when the server last said who is there
let editing; // the card that is back in the box
let gone; // the card that was deleted last
let state = "ready";

// What is on the page

const lines = [...device.querySelectorAll("[data-says]")];
const number = new Intl.NumberFormat(document.documentElement.lang);
const clock = new Intl.DateTimeFormat(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", hour12: false });

const say = (which, many) => {
  const line = lines.find((each) => each.dataset.says === which);
  line.hidden = false;
  const place = line.querySelector("[data-number]");
  if (place) place.textContent = number.format(many);
};

const show = async (says = state) => {
  state = says;
  const cards = await kept.all();
  const mine = cards.filter((card) => card.user === person?.user);
  device.hidden = !form && !cards.length;
  for (const line of lines) if (line.dataset.says !== "for") line.hidden = true;
  if (cards.length > mine.length) say("others", cards.length - mine.length);
  const sendable = mine.filter((card) => !problems.has(card.key));
  if (state === "full" || state === "unknown") say(state);
  else if (sendable.length) say(state === "online" || state === "ready" ? "sending" : state, sendable.length);
  else if (mine.length) say("stuck", mine.length);
  else if (state === "offline") say("empty");
  else if (state === "away") say("out");
  else say(state);
  part("waiting").replaceChildren(...mine.reverse().map(shown));
};

const label = (name, value) => {
  const box = form && [...form.elements].find((each) => each.name === name && each.value === value);
  return box?.labels?.[0]?.textContent.trim() ?? (box?.tagName === "BUTTON" ? box.textContent.trim() : "");
};

const shown = (card) => {
  const line = part("waiting-card").content.firstElementChild.cloneNode(true);
  const find = (name) => line.querySelector(`[data-part="${name}"]`);
  const said = words.get(card.key);
  const status = problems.get(card.key);
  find("words").textContent = said?.words ?? find("words").dataset.locked;
  find("words").classList.toggle("quiet", !said);
  find("state").textContent = said ? label("state", said.state).replace(/^.*: /, "") : "";
  find("theme").textContent = said?.theme ? label("theme", said.theme) : "";
  find("taken").textContent = clock.format(new Date(card.taken));
  if (status) {
    const why = part("problems").content;
    find("problem").textContent = (why.querySelector(`[data-status="${status}"]`) ?? why.lastElementChild).textContent;
    find("problem").hidden = false;
  }
  find("change").hidden = !form || card.event !== here;
  find("ways").hidden = !said;
  find("change").addEventListener("click", () => change(card));
  find("delete").addEventListener("click", () => remove(card));
  return line;
};

// Who is here

const request = async (address, options = {}) => {
  const reply = await fetch(address, { redirect: "manual", signal: AbortSignal.timeout(LONGEST), ...options });
  if (reply.type === "opaqueredirect") throw new Away();
  return reply;
};
class Away extends Error {}

const askWhoIsHere = async () => {
  if (opens && token && Date.now() - asked < AGAIN) return;
  const reply = await request(whoIsHere);
  if (!reply.ok) throw new Away();
  const known = await reply.json();
  opens = await kept.unlock(known);
  [token, asked] = [known.csrf_token, Date.now()];
  if (person?.user !== known.user) words.clear();
  person = await kept.last();
};

/** As if the page were opened anew: what was read here needs the server's key again. */
const forget = () => {
  opens = token = undefined;
  words.clear();
};

// Sending

let sending = false;
let more = false;

const sendAll = async () => {
  if (sending) {
    more = true;
    return;
  }
  sending = true;
  try {
    if (!navigator.onLine) throw new Error("no network");
    let doubts = 0;
    do {
      more = false;
      await askWhoIsHere();
      const mine = (await kept.all()).filter((card) => card.user === person.user && !problems.has(card.key));
      for (const card of mine) {
        if (card.key === editing || (await sendOne(card, doubts))) continue;
        token = undefined; // it is of an older sign-in, or nobody is signed in any more: ask, then try again
        doubts += 1;
        more = true;
        break;
      }
    } while (more);
    await show("online");
  } catch (trouble) {
    if (trouble instanceof Away) forget();
    await show(trouble instanceof Away ? "away" : "offline");
  } finally {
    sending = false;
  }
};

/** Sends a card; no where the server may not know who we are. */
const sendOne = async (card, doubts) => {
  const said = words.get(card.key) ?? (await kept.open(opens, card).catch(() => undefined));
  if (!said) {
    problems.set(card.key, LOST_KEY);
    return true;
  }
  words.set(card.key, said);
  const body = new FormData();
  for (const [name, value] of Object.entries(said)) body.set(name, value);
  body.set("key", card.key);
  body.set("taken", card.taken);
  body.set("csrf_token", token);
  const reply = await request(send.replace("/0/", `/${card.event}/`), { method: "POST", body });
  if (reply.ok) {
    const { number: id, html } = await reply.json();
    const newest = await kept.one(card.key);
    if (newest && newest.sealed.byteLength === card.sealed.byteLength && same(newest.iv, card.iv)) {
      await kept.drop(card.key);
    } else more = true; // it was changed while it was under way
    if (card.event === here) place(id, html);
    words.delete(card.key);
    await show("online");
  } else if ([400, 403].includes(reply.status) && !doubts) {
    return false;
  } else if (reply.status >= 500 || reply.status === 429) {
    throw new Error("the server is busy");
  } else {
    problems.set(card.key, reply.status === 404 ? 403 : reply.status);
  }
  return true;
};

const same = (one, other) => one.every((byte, at) => byte === other[at]);

const place = (id, html) => {
  const list = part("cards");
  if (!list) return;
  part(`card-${id}`)?.remove();
  list.insertAdjacentHTML("afterbegin", html);
  const none = part("no-cards");
  if (none) none.hidden = true;
};

// Writing

const save = async (button) => {
  const said = Object.fromEntries(new FormData(form, button));
  part("words-missing").hidden = Boolean(said.words.trim());
  if (!said.words.trim()) {
    form.elements.words.focus();
    return;
  }
  const known = editing && (await kept.one(editing));
  const refused = problems.get(editing) === CHANGED; // then it becomes a card of its own
  const key = refused ? crypto.randomUUID() : (known?.key ?? crypto.randomUUID());
  const taken = known?.taken ?? new Date().toISOString();
  for (const name of ["key", "csrf_token"]) delete said[name];
  for (const [name, value] of Object.entries(said)) if (!value) delete said[name];
  try {
    await kept.put(person, { key, event: here, taken }, said);
  } catch {
    await show("full");
    return;
  }
  if (refused) await kept.drop(editing);
  words.set(key, said);
  problems.delete(editing);
  editing = undefined;
  form.reset();
  narrow();
  form.elements.words.focus();
  part("undo").hidden = true;
  await show();
  sendAll();
  navigator.storage?.persist?.();
};

const change = async (card) => {
  const said = words.get(card.key);
  editing = card.key;
  form.reset();
  for (const [name, value] of Object.entries(said)) {
    const field = form.elements[name];
    if (field?.type === "checkbox") field.checked = true;
    else if (field && name !== "state") field.value = value;
  }
  form.elements.words.focus();
};

const remove = async (card) => {
  gone = { card: await kept.one(card.key), said: words.get(card.key) };
  await kept.drop(card.key);
  if (editing === card.key) editing = undefined;
  problems.delete(card.key);
  words.delete(card.key);
  await show();
  part("undo").hidden = false;
  part("undo").querySelector("button").focus();
};

part("undo").querySelector("button").addEventListener("click", async () => {
  await kept.putBack(gone.card);
  words.set(gone.card.key, gone.said);
  part("undo").hidden = true;
  await show();
  sendAll();
});

// Themes

const find = part("find-theme");
const chips = [...(part("themes")?.querySelectorAll(".chip") ?? [])];

const narrow = () => {
  const letters = find?.value.trim().toLowerCase() ?? "";
  const fits = (chip) => chip.textContent.toLowerCase().includes(letters);
  for (const chip of chips) chip.hidden = Boolean(letters) && !fits(chip) && !chip.querySelector("input").checked;
  return chips.find((chip) => letters && fits(chip));
};

find?.addEventListener("input", narrow);
find?.addEventListener("keydown", (event) => {
  if (event.key !== "Enter") return;
  event.preventDefault();
  const first = narrow();
  if (first) first.querySelector("input").checked = true;
  find.value = "";
  narrow();
  form.querySelector("button[name=state]").focus();
});

// A copy of this page for when there is no network: the page without cards, and what it looks like

const keepCopy = async () => {
  if (!navigator.serviceWorker || !globalThis.caches) return;
  await navigator.serviceWorker.register(worker, { scope: "/staff/cards/" });
  const cache = await caches.open("issue-cards");
  const bare = await fetch(copy, { redirect: "error" });
  if (!bare.ok) return;
  const seen = performance.getEntriesByType("resource").map((each) => each.name);
  const files = new Set(seen.filter((name) => name.startsWith(`${location.origin}/static/`)));
  await cache.put(location.pathname, bare);
  for (const file of files) if (!(await cache.match(file))) await cache.add(file);
  const wanted = new Set([...files, location.origin + location.pathname]);
  for (const old of await cache.keys()) if (!wanted.has(old.url)) await cache.delete(old);
  await navigator.serviceWorker.ready;
  device.dataset.ready = "yes";
};

// From here on the page lives

const begin = async () => {
  if (!kept.able()) {
    if (form) {
      device.hidden = false;
      say("plain");
    }
    return;
  }
  person = await kept.last();
  if (user && person?.user !== Number(user)) person = undefined; // somebody else was here last
  addEventListener("beforeunload", (event) => form?.elements.words.value.trim() && event.preventDefault());
  form?.addEventListener("submit", (event) => {
    event.preventDefault();
    if (person) save(event.submitter);
    else sendAll().then(() => (person ? save(event.submitter) : show("unknown")));
  });
  const finder = part("find");
  if (finder) finder.hidden = false;
  const name = lines.find((line) => line.dataset.says === "for");
  if (name && person) {
    name.textContent = name.textContent.replace("{name}", person.name);
    name.hidden = false;
  }
  // Where something is to be mended, what says so has the focus.
  if (!document.getElementById("error-summary")) form?.elements.words.focus();
  await sendAll();
  if (!person) return show("unknown");
  if (copy && user) await keepCopy().catch(() => {});
  if (state === "online") await show(copy && device.dataset.ready ? "ready" : "online");
};

begin();
addEventListener("online", sendAll);
document.addEventListener("visibilitychange", () => document.hidden || sendAll());
setInterval(async () => (await kept.all()).length && sendAll(), AGAIN);
addEventListener("pageshow", (event) => event.persisted && location.reload());
// Nobody has touched the tablet for as long as a sign-in lasts: its words are locked again.
let idle;
const touched = () => {
  clearTimeout(idle);
  idle = setTimeout(() => {
    forget();
    show();
  }, Number(device.dataset.idle) * 60_000);
};
for (const name of ["pointerdown", "keydown"]) addEventListener(name, touched);
touched();
