// Answers for the server at the door, where there is no network: with the page without names, and with what that needs.
// With a network it steps aside.
addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("fetch", (event) => {
  const asked = event.request;
  if (asked.method !== "GET") return;
  const answer = async () => {
    try {
      return await fetch(asked);
    } catch (failed) {
      const kept = await caches.match(asked.mode === "navigate" ? "/incheckning/utan-nat" : asked);
      if (kept) return kept;
      throw failed;
    }
  };
  event.respondWith(answer());
});
