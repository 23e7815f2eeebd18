// What a tablet keeps of cards that wait for the network: sealed, so that only the person who wrote
// them can open them, and only once the server has said who is there.
//
// The tablet has a public key of each person who takes notes on it, which locks, and their private
// key, which opens, itself locked with a key that the server alone hands out. So whoever finds the
// tablet, or signs in on it as somebody else, can read nothing; and without a network cards can
// still be added.

const STRICT = { durability: "strict" }; // "kept" is said when it is on the disk
const LOCK = { name: "RSA-OAEP", modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]), hash: "SHA-256" };
const SEAL = { name: "AES-GCM", length: 256 };

export const able = () => Boolean(globalThis.indexedDB && globalThis.crypto?.subtle);

const settled = (request) =>
  new Promise((good, bad) => {
    request.onsuccess = () => good(request.result);
    request.onerror = () => bad(request.error);
  });

let opening;
const store = () =>
  (opening ??= new Promise((good, bad) => {
    const request = indexedDB.open("issue-cards", 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("people", { keyPath: "user" });
      request.result.createObjectStore("cards", { keyPath: "key" });
    };
    request.onsuccess = () => good(request.result);
    request.onerror = () => bad(request.error);
  }));

/** Does something with one of the two lists, and comes back when it is on the disk. */
const within = async (name, mode, act) => {
  const change = (await store()).transaction(name, mode, STRICT);
  const done = new Promise((good, bad) => {
    change.oncomplete = good;
    change.onabort = () => bad(change.error);
  });
  const found = await settled(act(change.objectStore(name)));
  await done;
  return found;
};

const fresh = () => crypto.getRandomValues(new Uint8Array(12));
const opener = (base64) => {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  return crypto.subtle.importKey("raw", bytes, SEAL, false, ["wrapKey", "unwrapKey"]);
};

/** The key that opens, unless the server's own secret is another one than it was. */
const unwrapped = ({ iv, locked }, own) =>
  crypto.subtle
    .unwrapKey("pkcs8", locked, own, { name: "AES-GCM", iv }, LOCK, false, ["unwrapKey"])
    .catch(() => undefined);

/** The keys of whoever is signed in; made the first time. Gives the one that opens. */
export const unlock = async ({ user, name, key }) => {
  const own = await opener(key);
  const known = await within("people", "readonly", (people) => people.get(user));
  const opens = known && (await unwrapped(known, own));
  if (opens) {
    await within("people", "readwrite", (people) => people.put({ ...known, name, seen: Date.now() }));
    return opens;
  }
  const pair = await crypto.subtle.generateKey(LOCK, true, ["wrapKey", "unwrapKey"]);
  const iv = fresh();
  const locked = await crypto.subtle.wrapKey("pkcs8", pair.privateKey, own, { name: "AES-GCM", iv });
  const made = { user, name, locks: pair.publicKey, iv, locked, seen: Date.now() };
  await within("people", "readwrite", (people) => people.put(made));
  return pair.privateKey;
};

/** Whoever was here last: their number, their name, and the key that locks. */
export const last = async () => {
  const people = await within("people", "readonly", (all) => all.getAll());
  return people.sort((one, other) => other.seen - one.seen)[0];
};

/** Keeps a card, locked. The same key again is the same card. */
export const put = async (person, { key, event, taken }, fields) => {
  const own = await crypto.subtle.generateKey(SEAL, true, ["encrypt"]);
  const iv = fresh();
  const words = new TextEncoder().encode(JSON.stringify(fields));
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, own, words);
  const locked = await crypto.subtle.wrapKey("raw", own, person.locks, { name: "RSA-OAEP" });
  await putBack({ key, event, taken, user: person.user, iv, sealed, locked });
};

/** Keeps a card that was kept before, as it was. */
export const putBack = (card) => within("cards", "readwrite", (cards) => cards.put(card));

/** What a card says, for whoever has the key. */
export const open = async (opens, { iv, sealed, locked }) => {
  const own = await crypto.subtle.unwrapKey("raw", locked, opens, { name: "RSA-OAEP" }, SEAL, false, ["decrypt"]);
  const words = await crypto.subtle.decrypt({ name: "AES-GCM", iv }, own, sealed);
  return JSON.parse(new TextDecoder().decode(words));
};

/** All cards that wait here, of whomever, the oldest first. */
export const all = async () => {
  const cards = await within("cards", "readonly", (every) => every.getAll());
  return cards.sort((one, other) => one.taken.localeCompare(other.taken));
};

export const one = (key) => within("cards", "readonly", (cards) => cards.get(key));

export const drop = (key) => within("cards", "readwrite", (cards) => cards.delete(key));
