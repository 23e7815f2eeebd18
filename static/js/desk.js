// The coding desk by single keys. Everything works without this, by Tab, arrows, Space and Enter.

const desk = document.getElementById("desk");
const on = document.getElementById("keys-on");
const find = document.getElementById("find-theme");
const others = document.getElementById("others");
const picks = [...document.querySelectorAll("#others .pick")];

document.getElementById("keys").hidden = false;
document.getElementById("find").hidden = false;
try {
  on.checked = localStorage.getItem("single-keys") !== "off";
} catch {
  // a browser that keeps nothing still has the keys
}
on.addEventListener("change", () => {
  try {
    localStorage.setItem("single-keys", on.checked ? "on" : "off");
  } catch {
    // then they are on again on the next page
  }
});

const narrowed = () => {
  const letters = find.value.trim().toLowerCase();
  for (const pick of picks) {
    const chosen = pick.querySelector("input").checked;
    pick.hidden = letters && !chosen && !pick.textContent.toLowerCase().includes(letters);
  }
  return picks.filter((pick) => letters && pick.textContent.toLowerCase().includes(letters));
};

find.addEventListener("input", narrowed);
find.addEventListener("keydown", (event) => {
  if (event.key === "Escape" || event.key === "Enter") {
    const first = narrowed()[0];
    if (event.key === "Enter" && !first && !find.value) return; // Enter on nothing saves
    event.preventDefault();
    if (event.key === "Enter" && first) first.querySelector("input").click();
    find.value = "";
    narrowed();
    if (event.key === "Escape") desk.querySelector("button").focus();
  }
});

const writes = (at) => at.matches("input[type=text], textarea, select, summary, a, button");

document.addEventListener("keydown", (event) => {
  if (!on.checked || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  if (event.target.matches("input[type=text], textarea, select")) return;
  const key = event.key.toLowerCase();
  const wanted = key.length === 1 && desk.querySelector(`input[data-key="${CSS.escape(key)}"]`);
  if (wanted) {
    wanted.click();
    wanted.focus();
  } else if (key === "/") {
    others.open = true;
    find.focus();
  } else if (key === "l") {
    location.assign(desk.dataset.later);
  } else if (key === "enter" && !writes(event.target)) {
    desk.requestSubmit();
  } else {
    return;
  }
  event.preventDefault();
});
