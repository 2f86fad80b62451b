/* Keeps what a person has read, so that it can be read again without a connection.
   Pages: the network first, the copy when there is none. Build files never change under their name: the copy first.
   Nothing that is sent, no API answer and no admin page is kept. Signing out lands on /sign-in, and that throws the
   pages away: the next person at this device must not find them. */
const version = "v1";
const pages = `pages-${version}`;
const files = `files-${version}`;
const fallback = "/offline";
const keepPages = 40;
const keepFiles = 300;

self.addEventListener("install", (event) => {
  event.waitUntil(
    caches
      .open(files)
      .then((cache) => cache.add(new Request(fallback, { cache: "reload" })))
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener("activate", (event) => {
  const known = [pages, files];
  event.waitUntil(
    caches
      .keys()
      .then((names) =>
        Promise.all(names.filter((name) => !known.includes(name)).map((name) => caches.delete(name))),
      )
      .then(() => self.clients.claim()),
  );
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (url.pathname.startsWith("/_next/static/")) event.respondWith(fileFirst(request));
  else if (request.mode === "navigate") event.respondWith(pageFirst(event, request, url));
});

async function fileFirst(request) {
  const copy = await caches.match(request, { cacheName: files });
  if (copy) return copy;
  const answer = await fetch(request);
  if (answer.ok) {
    // Where the device has no room left, the page still gets its file.
    await keep(request, answer.clone()).catch(() => {});
  }
  return answer;
}

async function keep(request, answer) {
  const cache = await caches.open(files);
  await cache.put(request, answer);
  await trim(cache, keepFiles);
}

function isPrivateToTheMoment(path) {
  return /^\/(api|dev|sign-|verify|reset|invitation|auth)/.test(path) || /^\/[^/]+\/admin(\/|$)/.test(path);
}

async function pageFirst(event, request, url) {
  try {
    const answer = await fetch(request);
    const landed = new URL(answer.url || request.url).pathname;
    if (landed === "/sign-in") event.waitUntil(caches.delete(pages));
    else if (answer.ok && !answer.redirected && !isPrivateToTheMoment(url.pathname)) {
      event.waitUntil(remember(request, answer.clone()));
    }
    return answer;
  } catch {
    const copy = await caches.match(request, { cacheName: pages, ignoreVary: true });
    return (
      asCopy(copy) ??
      (await caches.match(fallback, { cacheName: files, ignoreVary: true })) ??
      Response.error()
    );
  }
}

/* The page finds the mark in the timing of its own load and says that it is a copy: a browser may call itself online
   where nothing can be reached. */
function asCopy(copy) {
  if (!copy) return undefined;
  const headers = new Headers(copy.headers);
  headers.set("server-timing", "copy");
  return new Response(copy.body, { status: copy.status, statusText: copy.statusText, headers });
}

async function remember(request, answer) {
  const cache = await caches.open(pages);
  await cache.put(request, answer);
  await trim(cache, keepPages);
}

/* Oldest out first; the page for "no copy" stays. */
async function trim(cache, limit) {
  const kept = (await cache.keys()).filter((request) => new URL(request.url).pathname !== fallback);
  await Promise.all(kept.slice(0, Math.max(0, kept.length - limit)).map((old) => cache.delete(old)));
}
