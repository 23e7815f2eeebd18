// Moves the bar while the machine reads. Without this, the link "Look again" does.

const bar = document.getElementById("bar");
const far = document.getElementById("far");
const { progress } = document.getElementById("running").dataset;
const SECONDS = 1.5;

const look = async () => {
  try {
    const reply = await fetch(progress, { headers: { Accept: "application/json" } });
    if (!reply.ok) return;
    const { state, done, total } = await reply.json();
    if (state !== "queued" && state !== "running") {
      location.reload();
      return;
    }
    bar.max = total || 1;
    bar.value = done;
    const number = new Intl.NumberFormat(document.documentElement.lang);
    far.textContent = far.dataset.words
      .replace("{done}", number.format(done))
      .replace("{total}", number.format(total));
  } catch {
    // no network for a moment: the next look may have one
  }
  setTimeout(look, SECONDS * 1000);
};

if (progress) setTimeout(look, SECONDS * 1000);
