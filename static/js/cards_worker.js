// Opens the page for taking notes where there is no network, from the copy that the page itself
// has kept. It keeps nothing and changes nothing: with a network every page comes from the server.

const PATIENCE = 4000; // milliseconds for a network that is there but does not answer
const WHOLE = { ignoreSearch: true, ignoreVary: true };

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (request.mode === "navigate" && pathname.endsWith("/take")) event.respondWith(page(request));
  else if (pathname.startsWith("/static/")) event.respondWith(file(request));
});

const page = async (request) => {
  const fresh = fetch(request);
  const copy = await caches.match(request, WHOLE);
  if (!copy) return fresh;
  const late = new Promise((tell) => setTimeout(tell, PATIENCE, copy));
  return Promise.race([fresh.catch(() => copy), late]);
};

// A hash stands in the name of each, so that a copy is never old.
const file = async (request) => (await caches.match(request, WHOLE)) ?? fetch(request);
