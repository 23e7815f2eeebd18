// A room's page keeps up with the room by itself. Without this there is a link, "Look again".
//
// Every second it asks for one number. Where it has risen, the page is fetched anew and its middle
// takes the place of the one there, unless somebody is in the middle of something: then a quiet
// button says so. Other scripts of the page listen for "room:new" on the document. Whatever must
// not be taken from under somebody's hand bears the attribute data-busy while it lasts.

const said = document.getElementById("room-script").dataset;
const again = document.getElementById("room-again");
const notice = document.getElementById("room-new");
const EVERY = 1000; // milliseconds
const AT_MOST = 8000; // between two questions while the network is away

const AWAY_AFTER = 2; // questions without an answer, before the page says so

let number = said.number;
let wait = EVERY;
let fetching = false;
let unanswered = 0;

again.hidden = true;

const main = () => document.getElementById("main");

/** Somebody is typing, choosing, listening or dragging: nothing may jump. */
const busy = () => {
  const at = document.activeElement;
  if (main().contains(at) && at.matches("textarea, select, input:not([type=hidden])")) return true;
  if (main().querySelector("[data-busy]")) return true;
  for (const sound of main().querySelectorAll("audio, video")) if (!sound.paused) return true;
  for (const one of main().querySelectorAll("input, textarea, select")) {
    if (one.type === "hidden") continue;
    if (one.matches("[type=checkbox], [type=radio]")) {
      if (one.checked !== one.defaultChecked) return true;
    } else if (one.matches("select")) {
      const first = [...one.options].find((each) => each.defaultSelected) ?? one.options[0];
      if (one.selectedOptions[0] !== first) return true;
    } else if (one.value !== one.defaultValue) return true;
  }
  return false;
};

const away = () => unanswered >= AWAY_AFTER;

const tell = (words) => {
  if (notice.querySelector("p")) return;
  const line = document.createElement("p");
  line.className = "room-new__words";
  line.textContent = words;
  notice.replaceChildren(line);
};

const offer = (go) => {
  if (notice.querySelector("button")) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "room-new__button";
  button.textContent = `${said.say}. ${said.show}`;
  button.addEventListener("click", go);
  notice.replaceChildren(button);
};

/** Put the focus back where it was; where that place is gone, on the middle of the page. */
const focusing = () => {
  const at = document.activeElement;
  if (!main().contains(at)) return () => {};
  const { id, name, value } = at;
  const href = at.getAttribute("href");
  return () => {
    const found =
      (id && document.getElementById(id)) ||
      [...main().querySelectorAll("a, button, summary")].find(
        (each) => each.tagName === at.tagName && each.name === name && each.value === value && each.getAttribute("href") === href,
      );
    if (found) found.focus({ preventScroll: true });
    else {
      main().tabIndex = -1;
      main().focus({ preventScroll: true });
    }
  };
};

const renew = async () => {
  const reply = await fetch(location.href, { headers: { Accept: "text/html" }, cache: "no-store" });
  const page = new DOMParser().parseFromString(await reply.text(), "text/html");
  const fresh = page.getElementById("room-script");
  if (!reply.ok || !fresh || fresh.dataset.step !== said.step) {
    location.assign(said.now); // closed, or everybody does something else
    return;
  }
  const back = focusing();
  const open = [...main().querySelectorAll("details[open][id]")].map((each) => each.id);
  main().replaceWith(page.getElementById("main"));
  for (const id of open) document.getElementById(id)?.setAttribute("open", "");
  document.title = page.title;
  back();
  number = fresh.dataset.number;
  notice.replaceChildren();
  document.dispatchEvent(new Event("room:new"));
};

const look = async () => {
  if (fetching || document.hidden) return;
  fetching = true;
  try {
    const reply = await fetch(said.changes, { cache: "no-store" });
    if (reply.status === 404) {
      location.assign(said.now);
      return;
    }
    if (!reply.ok) throw new Error(reply.status);
    const [now, step] = (await reply.text()).split(" ");
    if (away()) notice.replaceChildren();
    unanswered = 0;
    wait = EVERY;
    if (step !== said.step) {
      if (busy()) offer(() => location.assign(said.now));
      else location.assign(said.now);
    } else if (now !== number) {
      if (busy()) offer(renew);
      else await renew();
    }
  } catch {
    wait = Math.min(wait * 2, AT_MOST); // the network is away: the page stays as it is
    unanswered += 1;
    if (away()) tell(said.away);
  } finally {
    fetching = false;
  }
};

const tick = async () => {
  await look();
  setTimeout(tick, wait);
};
// A form that was sent into nowhere would take the page and what is typed on it along.
document.addEventListener("submit", async (event) => {
  if (!away()) return;
  event.preventDefault();
  const { target, submitter } = event;
  await look();
  if (!away()) target.requestSubmit(submitter);
});

document.addEventListener("visibilitychange", look);
setTimeout(tick, EVERY * Math.random()); // not all screens in the same moment
