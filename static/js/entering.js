// Typing in paper answers with one hand on the digits. Everything works without this, by Tab,
// arrows and Space.

const form = document.getElementById("entry");
document.getElementById("keys").hidden = false;

const digitOf = (event) => (event.key.length === 1 && event.key >= "0" && event.key <= "9" ? event.key : "");

form.addEventListener("keydown", (event) => {
  const at = event.target;
  if (event.ctrlKey || event.altKey || event.metaKey || !at.matches("input[type=radio], input[type=checkbox]")) return;
  const group = at.closest(".entry__controls");
  if (event.key === "Backspace" || event.key === "Delete") {
    for (const one of group.querySelectorAll("input:checked")) one.checked = false;
    event.preventDefault();
    return;
  }
  const digit = digitOf(event);
  const wanted = digit && group.querySelector(`input[data-digit="${digit}"]`);
  if (!wanted) return;
  event.preventDefault();
  wanted.focus();
  wanted.click(); // a box changes, a button is chosen
});
