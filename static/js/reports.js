// Writing a paper: a press puts a reference where the cursor is. Without this it can be copied.

let box = document.getElementById("body"); // the one that somebody wrote in last
for (const each of document.querySelectorAll("#body, #easy")) {
  each.addEventListener("focus", () => {
    box = each;
  });
}
const insertWords = document.currentScript.dataset.insert;
const find = document.getElementById("picker-find");

for (const token of document.querySelectorAll(".picker__token")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "govuk-button govuk-button--secondary picker__button";
  const before = document.createElement("span");
  before.className = "govuk-visually-hidden";
  before.textContent = `${insertWords} `;
  button.append(before, token.cloneNode(true));
  button.addEventListener("click", () => {
    const words = token.textContent;
    const written = box.value.slice(0, box.selectionStart);
    const gap = written && !/\s$/.test(written) ? " " : "";
    box.setRangeText(gap + words, box.selectionStart, box.selectionEnd, "end");
    box.focus();
  });
  token.replaceWith(button);
}

find.parentElement.hidden = false;
find.addEventListener("input", () => {
  const letters = find.value.trim().toLowerCase();
  for (const group of document.querySelectorAll(".picker__group")) {
    const title = group.querySelector("summary").textContent.toLowerCase();
    let any = false;
    for (const one of group.querySelectorAll(".picker__one")) {
      const fits = !letters || title.includes(letters) || one.textContent.toLowerCase().includes(letters);
      one.hidden = !fits;
      any ||= fits;
    }
    group.hidden = !any;
    group.open = Boolean(letters) && any;
  }
});
