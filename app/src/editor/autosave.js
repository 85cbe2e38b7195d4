// Saves what is typed: to the server two seconds after the last letter, and in this browser at once, so that neither a
// crash nor a session that has ended costs a word. What lies in the browser goes when the server has it.
(() => {
  const form = document.querySelector("form[data-autosave]");
  if (!form) return;
  const status = form.querySelector(".saved");
  const key = `frid-utkast-${form.dataset.autosave}`;
  const fields = () => [...new FormData(form)].filter(([name]) => name !== "version");
  const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);
  let saved = fields();
  let timer;
  let busy = false;

  const say = (text) => (status.textContent = text);
  const keep = () => {
    try {
      localStorage.setItem(key, JSON.stringify(fields()));
    } catch {
      // A browser that keeps nothing still saves to the server.
    }
  };
  const forget = () => localStorage.removeItem(key);

  const save = async () => {
    const typed = fields();
    if (busy || same(typed, saved)) return;
    busy = true;
    try {
      const body = new URLSearchParams([...typed, ["version", form.elements.version.value], ["tyst", "1"]]);
      const response = await fetch(form.action, { method: "POST", body, redirect: "error" });
      if (response.ok) {
        form.elements.version.value = (await response.json()).version;
        saved = typed;
        say("Sparat.");
        if (same(fields(), saved)) forget();
      } else if (response.status === 409) {
        say("Någon annan har sparat medan du skrev. Tryck på Spara, så får du se båda texterna.");
      } else if (response.status === 401) {
        say("Du är inte längre inloggad. Det du skriver sparas i den här webbläsaren. Logga in i en ny flik och tryck sedan på Spara.");
      } else {
        say("Det gick inte att spara på servern. Det du skriver sparas i den här webbläsaren. Tryck på Spara om en stund.");
      }
    } catch {
      say("Servern svarar inte. Det du skriver sparas i den här webbläsaren. Tryck på Spara om en stund.");
    } finally {
      busy = false;
      if (!same(fields(), saved) && status.textContent === "Sparat.") later();
    }
  };
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(save, 2000);
  };

  form.addEventListener("input", () => {
    keep();
    later();
  });
  form.addEventListener("submit", () => clearTimeout(timer));

  // Something that never reached the server: brought back, for the person to save.
  let left;
  try {
    left = JSON.parse(localStorage.getItem(key));
  } catch {
    left = null;
  }
  if (left && same(left, saved)) forget();
  else if (left) {
    for (const [name, value] of left) {
      const control = form.elements.namedItem(name);
      if (control instanceof HTMLInputElement || control instanceof HTMLTextAreaElement) {
        if (control.type !== "checkbox") control.value = value;
      }
    }
    for (const box of form.querySelectorAll("input[type=checkbox]")) {
      box.checked = left.some(([name, value]) => name === box.name && value === box.value);
    }
    say("Text som inte hann sparas förra gången är tillbaka. Läs igenom den och tryck på Spara.");
  }
})();
