// At the door: reads codes, finds names, and goes on where there is no network. The list of names lies in this tab alone
// (sessionStorage) and goes with it; what has not been sent lies in the browser, as random ids without a name, until the
// server has it. Which check-in counts is the server's to say; here the same is shown meanwhile.
(() => {
  const root = document.querySelector("[data-door]");
  if (!root) return;
  const KEPT = "frid-inslapp";
  const DAYS = 3 * 24 * 60 * 60;
  const part = (name) => document.querySelector(`[data-${name}]`);
  const random = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
  const now = () => Math.floor(Date.now() / 1000);
  const device = random();

  // Storage may be switched off: then it is held until the page is left.
  const storage = (which, verb, ...rest) => {
    try {
      return window[which][verb](...rest);
    } catch {
      return null;
    }
  };
  const keys = () => {
    try {
      return Object.keys(localStorage);
    } catch {
      return [];
    }
  };
  const kept = () => {
    try {
      return JSON.parse(storage("sessionStorage", "getItem", KEPT));
    } catch {
      return null;
    }
  };

  // What the server knew last: { path, send, event, title, until, list, guests, came }.
  let door = kept();
  let isOver = false;

  // What the server does not know yet, by the key under which it is kept.
  const waiting = new Map();
  const gather = () => {
    for (const key of keys()) {
      if (!key.startsWith(`${KEPT}/`)) continue;
      const [, event, since] = key.split("/");
      if (now() - Number(since) > DAYS) storage("localStorage", "removeItem", key);
      else if (event === door?.event) waiting.set(key, storage("localStorage", "getItem", key));
    }
  };
  const add = (line) => {
    const key = `${KEPT}/${door.event}/${now()}/${random()}`;
    waiting.set(key, line);
    storage("localStorage", "setItem", key, line);
  };

  // Who has come: [id, time, device] of each check-in that counts, the earliest first, by registration.
  const came = () => {
    const all = new Map(door.came.map(([who, scans]) => [who, new Map(scans.map((scan) => [scan[0], scan]))]));
    const undone = new Set();
    for (const line of waiting.values()) {
      const [what, id, who, where, at] = line.split(" ");
      if (what === "ut") undone.add(id);
      else if (!all.has(who)) all.set(who, new Map([[id, [id, Number(at), where]]]));
      else if (!all.get(who).has(id)) all.get(who).set(id, [id, Number(at), where]);
    }
    const counted = new Map();
    for (const [who, scans] of all) {
      const left = [...scans.values()].filter(([id]) => !undone.has(id));
      left.sort((a, b) => a[1] - b[1] || (a[0] < b[0] ? -1 : 1));
      if (left.length > 0) counted.set(who, left);
    }
    return counted;
  };

  const named = (guest) => guest.name || "Namn saknas";
  const clock = (at) =>
    new Date(at * 1000).toLocaleTimeString("sv-SE", { hour: "2-digit", minute: "2-digit", timeZone: "Europe/Stockholm" }).replace(":", ".");
  const say = (text) => (part("told").textContent = text);

  const element = (name, className, ...within) => {
    const made = document.createElement(name);
    if (className) made.className = className;
    made.append(...within);
    return made;
  };
  const button = (text, whose, className, press) => {
    const made = element("button", className, text, element("span", "sr", ` ${whose}`));
    made.type = "button";
    made.addEventListener("click", press);
    return made;
  };

  const field = document.getElementById("namn");
  const words = () => field.value.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = (guest, sought) => {
    const all = `${guest.name} ${guest.organisation} ${guest.code}`.toLowerCase().split(/[\s,-]+/);
    return sought.every((word) => all.some((known) => known.startsWith(word) || known.startsWith(word.replaceAll("-", ""))));
  };

  const row = (guest, scans) => {
    const about = scans ? `${guest.organisation}. Kom kl. ${clock(scans[0][1])}.` : guest.organisation;
    const act = scans
      ? button("Ångra", named(guest), "quiet", () => undo(guest))
      : button("Kom", named(guest), "", () => letIn(guest));
    const line = element("li", "", element("div", "", element("strong", "", named(guest)), element("p", "aside", about)), act);
    line.dataset.who = guest.id;
    return line;
  };

  const show = () => {
    if (!field || !door?.guests) return;
    for (const name of ["tally", "seek"]) part(name)?.removeAttribute("hidden");
    const counted = came();
    const sought = words();
    const list = part("list");
    const focused = list.contains(document.activeElement) ? document.activeElement.closest("li")?.dataset.who : null;
    const found = door.guests.filter((guest) => fits(guest, sought));
    list.replaceChildren(...found.map((guest) => row(guest, counted.get(guest.id))));
    if (focused) list.querySelector(`[data-who="${CSS.escape(focused)}"] button`)?.focus();
    part("title").textContent = door.title;
    part("came").textContent = door.guests.filter((guest) => counted.has(guest.id)).length;
    part("all").textContent = door.guests.length;

    const twice = door.guests.flatMap((guest) => {
      const scans = counted.get(guest.id) ?? [];
      const again = scans.filter((scan) => scan[2] !== scans[0][2]).map((scan) => `kl. ${clock(scan[1])}`);
      if (again.length === 0) return [];
      return [element("li", "", `${named(guest)}: kom kl. ${clock(scans[0][1])}, avprickad igen ${again.join(" och ")}`)];
    });
    part("doubles").hidden = twice.length === 0;
    part("doubles").querySelector("ul").replaceChildren(...twice);
  };

  const letIn = (guest) => {
    const scans = came().get(guest.id) ?? [];
    if (scans.length > 0) say(`${named(guest)} är redan avprickad, kl. ${clock(scans[0][1])}.`);
    else say(`${named(guest)} kom.`);
    // The same device twice is one who pressed twice; another door's guest is told of.
    if (!scans.some((scan) => scan[2] === device)) add(`in ${random()} ${guest.id} ${device} ${now()}`);
    show();
    send();
  };

  const undo = (guest) => {
    for (const [id] of came().get(guest.id) ?? []) add(`ut ${id}`);
    say(`${named(guest)} är inte längre avprickad.`);
    show();
    send();
  };

  // As on a badge, or as somebody types it: without hyphens, and with letters that are taken for digits.
  const byCode = (text) => {
    const last = text.trim().toLowerCase().split("/").pop();
    const code = last.replace(/[^0-9a-z]/g, "").replaceAll("o", "0").replace(/[il]/g, "1");
    return code.length < 10 ? undefined : door?.guests?.find((guest) => guest.code === code);
  };

  let network = "";
  const tell = () => {
    const told = waiting.size === 0 ? "Allt är skickat." : waiting.size === 1 ? "En ändring väntar på att skickas." : `${waiting.size} ändringar väntar på att skickas.`;
    const place = part("network");
    if (place) place.textContent = `${network} ${told}`.trim();
  };

  // The door is closed: the names go, and so does the page that was kept. What was not sent stays, without names, for a
  // new door of the same event.
  const end = () => {
    isOver = true;
    door = null;
    storage("sessionStorage", "removeItem", KEPT);
    globalThis.caches?.delete(KEPT).catch(() => {});
    navigator.serviceWorker?.getRegistration(root.dataset.scope).then((worker) => worker?.unregister(), () => {});
    part("list")?.replaceChildren();
    part("doubles")?.querySelector("ul").replaceChildren();
    part("doubles")?.setAttribute("hidden", "");
    part("camera")?.remove();
    document.querySelector(".seek")?.remove();
    const left = waiting.size === 0 ? "" : ` ${waiting.size} ändringar hann inte skickas. De skickas när du öppnar en ny länk till samma insläpp i den här telefonen.`;
    if (part("told")) say(`Insläppet är stängt, och listan är borttagen från telefonen.${left}`);
  };

  let busy = false;
  let again = false;
  const send = async () => {
    if (!door || isOver) return;
    if (busy) {
      again = true;
      return;
    }
    busy = true;
    again = false;
    const some = [...waiting].slice(0, 400);
    try {
      const lines = some.map(([, line]) => ["handelse", line]);
      const body = new URLSearchParams([["nu", now()], ["lista", door.list ?? ""], ...lines]);
      const response = await fetch(door.send, { method: "POST", body, redirect: "error" });
      if (response.status === 410) {
        end();
        return;
      }
      if (!response.ok) throw new Error(`answered ${response.status}`);
      const told = await response.json();
      for (const [key] of some) {
        waiting.delete(key);
        storage("localStorage", "removeItem", key);
      }
      const isNew = door.event !== told.event;
      door = { ...door, ...told, guests: told.guests ?? door.guests };
      if (isNew) gather();
      storage("sessionStorage", "setItem", KEPT, JSON.stringify(door));
      if (network !== "Nätet fungerar.") prepare();
      network = "Nätet fungerar.";
      if (told.refused > 0) say("Något gällde en anmälan som inte längre finns. Sök på namnet.");
      show();
      again ||= waiting.size > 0;
    } catch {
      network = "Det finns inget nät. Fortsätt pricka av: allt sparas i telefonen.";
      again = false;
    } finally {
      busy = false;
      tell();
    }
    if (again) send();
  };

  // So that a reload works without a network: a page without names, and what it needs.
  const prepare = async () => {
    if (!("serviceWorker" in navigator) || !globalThis.caches) return;
    try {
      await navigator.serviceWorker.register(root.dataset.worker, { scope: root.dataset.scope });
      const pages = await caches.open(KEPT);
      await pages.addAll([root.dataset.offline, ...root.dataset.needed.split(" ")]);
    } catch {
      // Then the page works as long as it is not reloaded.
    }
  };

  const camera = () => {
    if (!("BarcodeDetector" in window) || !navigator.mediaDevices?.getUserMedia) return;
    const video = part("video");
    const press = part("camera-button");
    let looking;
    let last = "";
    const stop = () => {
      clearInterval(looking);
      for (const track of video.srcObject?.getTracks() ?? []) track.stop();
      video.srcObject = null;
      video.hidden = true;
      press.textContent = "Läs av koder med kameran";
    };
    const look = async (detector) => {
      const codes = await detector.detect(video).catch(() => []);
      const text = codes[0]?.rawValue ?? "";
      if (text === last) return;
      last = text;
      if (!text) return;
      const guest = byCode(text);
      if (guest) letIn(guest);
      else say("Koden finns inte på listan. Sök på namnet.");
    };
    const start = async () => {
      try {
        const detector = new BarcodeDetector({ formats: ["qr_code"] });
        video.srcObject = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
        video.hidden = false;
        await video.play();
        press.textContent = "Stäng kameran";
        looking = setInterval(() => look(detector), 250);
      } catch {
        stop();
        say("Kameran går inte att använda. Skriv koden eller sök på namnet.");
      }
    };
    press.addEventListener("click", () => (video.srcObject ? stop() : start()));
    document.addEventListener("visibilitychange", () => document.hidden && stop());
    part("camera").hidden = false;
  };

  const path = location.pathname;
  if (root.dataset.door) {
    // Another door's names are not this one's.
    const before = door?.path === path ? door : { list: "", guests: null, came: [], event: "" };
    door = { ...before, path, send: root.dataset.door };
  } else if (root.hasAttribute("data-ended")) {
    gather();
    end();
    return;
  } else if (door?.path !== path) {
    door = null;
    part("network").textContent = "Öppna sidan igen när nätet är tillbaka.";
    return;
  }
  gather();
  camera();
  field?.addEventListener("input", show);
  field?.form.addEventListener("submit", (event) => {
    if (!door?.guests) return;
    event.preventDefault();
    const guest = byCode(field.value);
    if (!guest) return;
    field.value = "";
    letIn(guest);
  });
  addEventListener("online", send);
  addEventListener("storage", show);
  setInterval(() => {
    if (door?.until && now() > door.until) end();
    else send();
  }, 15_000);
  show();
  send();
})();
