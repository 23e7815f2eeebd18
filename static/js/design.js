// Asks for advice on a question while it is being written; without it, "Save and look" does.

const form = document.getElementById("question-form");
const advice = document.getElementById("advice");
const address = document.currentScript?.dataset.advice ?? document.querySelector("script[data-advice]").dataset.advice;
const PAUSE = 700; // milliseconds without a key
let waiting;
let asking;

const ask = async () => {
  asking?.abort();
  asking = new AbortController();
  try {
    const reply = await fetch(address, { method: "POST", body: new FormData(form), signal: asking.signal });
    if (reply.ok) advice.innerHTML = await reply.text();
  } catch {
    // No signal, or a newer question: the advice that is there stays.
  }
};

form.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(ask, PAUSE);
});
