// Blocking, in <head>: <script src="…/guard.js" data-exit="https://…"></script>
// Leaves the site at once, and keeps its pages out of sight if someone then goes Back in the same tab.
// Blocking because a deferred script lets a frame of the page through before it runs,
// and because the exit control must work from the moment it is on the screen.
(() => {
  const exit = document.currentScript.dataset.exit;
  const flag = "left";

  // Storage may be switched off: then the visitor still leaves, only the way back is unguarded.
  const storage = (verb, ...rest) => {
    try {
      return sessionStorage[verb](flag, ...rest);
    } catch {
      return null;
    }
  };

  const away = () => {
    // Set through CSSOM, which the content security policy allows. Hides what the parser may still add.
    document.documentElement.style.display = "none";
    document.title = "Laddar";
    document.body?.replaceChildren();
    // replace(): the entry of this page goes too. A slow target leaves a blank screen, never this page.
    location.replace(exit);
  };

  const leave = (event) => {
    // Middle click comes as auxclick and would open a new tab with this page still behind it.
    if (event.button > 1 || !event.target.closest?.("[data-leave]")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    storage("setItem", "1");
    away();
  };
  addEventListener("click", leave, true);
  addEventListener("auxclick", leave, true);

  // From the back/forward cache no script runs again: the event is the only sign.
  addEventListener("pageshow", (event) => {
    if (event.persisted && storage("getItem")) away();
  });

  if (storage("getItem")) {
    // Who comes here anew (address bar, bookmark, link) wants the page; Back, Forward and reload do not count as that.
    if (performance.getEntriesByType("navigation")[0]?.type === "navigate") storage("removeItem");
    else away();
  }
})();
