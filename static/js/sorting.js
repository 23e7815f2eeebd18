// Ideas can be dragged onto piles, by pointer or by keyboard. Without this the buttons under
// "Move to …" do the same, and dragging sends what they send.

const WIDE_ENOUGH = 6; // pixels before a press is a drag

const root = () => document.getElementById("piles");
const say = (words) => {
  document.getElementById("sorting-said").textContent = words;
};
const piles = () => [...root().querySelectorAll(".pile")];

let held = null; // the idea, where it came from and what it is over

const over = (pile) => {
  for (const each of piles()) each.classList.toggle("is-over", each === pile);
  if (pile && pile !== held.over) say(`${root().dataset.sayOver} ${pile.dataset.name}`);
  held.over = pile;
};

const take = (idea) => {
  held = { idea, from: idea.closest(".pile"), over: null };
  idea.classList.add("is-held");
  root().dataset.busy = "";
  for (const each of piles()) each.classList.add("is-open");
};

const release = () => {
  held.idea.classList.remove("is-held");
  held.idea.style.removeProperty("transform");
  delete root().dataset.busy;
  for (const each of piles()) each.classList.remove("is-open", "is-over");
  held = null;
};

const stay = () => {
  release();
  say(root().dataset.sayBack);
};

const listOf = (pile) => {
  let list = pile.querySelector("ul");
  if (!list) {
    list = document.createElement("ul");
    list.className = "ideas";
    list.setAttribute("role", "list");
    pile.append(list);
  }
  return list;
};

/** Put the idea down where it is over: shown at once, and sent. */
const put = async () => {
  const { idea, from, over: pile } = held;
  if (!pile || pile === from) {
    stay();
    return;
  }
  const form = idea.querySelector("form");
  const sent = new URLSearchParams(new FormData(form));
  sent.set("pile", pile.dataset.pile);
  const handle = idea.querySelector(".handle");
  release();
  listOf(pile).append(idea);
  handle.focus({ preventScroll: true });
  say(`${root().dataset.sayPut} ${pile.dataset.name}`);
  try {
    const reply = await fetch(form.action, { method: "POST", body: sent, redirect: "manual" });
    if (reply.type !== "opaqueredirect") throw new Error(reply.status);
  } catch {
    listOf(from).append(idea);
    say(root().dataset.sayBack);
  }
};

const byPointer = (handle, idea) => {
  let start = null;
  handle.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    start = { x: event.clientX, y: event.clientY + scrollY };
    handle.setPointerCapture(event.pointerId);
  });
  handle.addEventListener("pointermove", (event) => {
    if (!start) return;
    const [x, y] = [event.clientX - start.x, event.clientY + scrollY - start.y];
    if (!held && Math.hypot(x, y) < WIDE_ENOUGH) return;
    if (!held) take(idea);
    idea.style.transform = `translate(${x}px, ${y}px)`;
    const edge = innerHeight / 8; // near an edge, the page comes along
    if (event.clientY < edge) scrollBy(0, -12);
    if (event.clientY > innerHeight - edge) scrollBy(0, 12);
    const under = document.elementsFromPoint(event.clientX, event.clientY);
    over(under.find((each) => !idea.contains(each) && each.closest(".pile"))?.closest(".pile") ?? null);
  });
  handle.addEventListener("pointerup", () => {
    start = null;
    if (held) put();
  });
  handle.addEventListener("pointercancel", () => {
    start = null;
    if (held) stay();
  });
};

const byKeyboard = (handle, idea) => {
  handle.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && held) {
      stay();
    } else if (event.key === " " || event.key === "Enter") {
      event.preventDefault();
      if (held) {
        put();
      } else {
        take(idea);
        say(root().dataset.sayPicked);
      }
    } else if (held && event.key.startsWith("Arrow")) {
      event.preventDefault();
      const all = piles();
      const step = event.key === "ArrowUp" || event.key === "ArrowLeft" ? -1 : 1;
      const at = all.indexOf(held.over ?? held.from);
      over(all[(at + step + all.length) % all.length]);
      held.over.scrollIntoView({ block: "nearest" });
    }
  });
  handle.addEventListener("blur", () => {
    if (held?.idea === idea) stay();
  });
};

const begin = () => {
  for (const idea of root()?.querySelectorAll(".idea--moves") ?? []) {
    if (!idea.querySelector("form") || idea.querySelector(".handle")) continue;
    const handle = document.createElement("button");
    handle.type = "button";
    handle.className = "handle";
    handle.id = `handle-${idea.dataset.idea}`;
    const words = idea.querySelector(".idea__words").textContent;
    handle.setAttribute("aria-label", `${root().dataset.sayHandle}: ${words}`);
    idea.querySelector(".idea__top").append(handle);
    byPointer(handle, idea);
    byKeyboard(handle, idea);
  }
};

document.addEventListener("room:new", begin);
begin();
