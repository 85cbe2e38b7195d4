// The leader's page, on a wall: what has changed is taken out of the page anew when the server says that something has.
// Without this script the page loads again by itself every ten seconds.
"use strict";
(() => {
  const page = document.querySelector("[data-events]");
  if (!page) return;
  let asking = false;
  let again = false;

  const takeUp = async () => {
    // One question at a time; what changes meanwhile is asked for once more.
    if (asking) {
      again = true;
      return;
    }
    asking = true;
    try {
      const answer = await fetch(location.href, { cache: "no-store" });
      if (answer.status === 410) return location.reload();
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
      for (const part of page.querySelectorAll("[data-live]")) {
        const other = fresh.querySelector(`[data-live="${part.dataset.live}"]`);
        if (other && other.innerHTML !== part.innerHTML) part.replaceChildren(...other.childNodes);
      }
    } catch {
      // No network for a moment: the next change brings it.
    }
    asking = false;
    if (again) {
      again = false;
      takeUp();
    }
  };

  const source = new EventSource(page.dataset.events);
  let changes = page.dataset.changes;
  source.addEventListener("message", (event) => {
    if (event.data === changes) return;
    changes = event.data;
    takeUp();
  });
})();
