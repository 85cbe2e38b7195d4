// Beside the field for the text: buttons that write the marks, and the text as readers will see it. Both need a script,
// and the form does without them.
(() => {
  const form = document.querySelector("form.write");
  if (!form) return;
  // A course has no text of its own; its modules do.
  const field = form.elements.namedItem("text");
  if (!field) return;

  // Typed as a person would: the browser's own undo takes it back.
  const put = (text) => {
    field.focus();
    if (!document.execCommand("insertText", false, text)) {
      field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
  };
  const chosen = () => field.value.slice(field.selectionStart, field.selectionEnd);
  const around = (mark, otherwise) => () => {
    const at = field.selectionStart;
    const text = chosen() || otherwise;
    put(mark + text + mark);
    field.setSelectionRange(at + mark.length, at + mark.length + text.length);
  };
  // Whole lines, each with its mark, with a blank line before and after.
  const lines = (mark, otherwise) => () => {
    const text = chosen() || otherwise;
    const before = field.value.slice(0, field.selectionStart);
    const gap = before === "" || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n";
    put(gap + text.split("\n").map((line, at) => mark(at) + line).join("\n") + "\n\n");
  };
  const link = () => {
    const text = chosen() || "länkens text";
    const at = field.selectionStart + text.length + 3;
    put(`[${text}](/adress)`);
    field.setSelectionRange(at, at + "/adress".length);
  };
  const tools = [
    ["Rubrik", lines(() => "## ", "Rubrik")],
    ["Underrubrik", lines(() => "### ", "Underrubrik")],
    ["Fet", around("**", "viktigt"), "b"],
    ["Kursiv", around("*", "betonat"), "i"],
    ["Länk", link, "k"],
    ["Punktlista", lines(() => "- ", "punkt")],
    ["Numrerad lista", lines((at) => `${at + 1}. `, "steg")],
    ["Ruta", lines((at) => (at === 0 ? "> [!IMPORTANT]\n> " : "> "), "det viktigaste")],
    ["Tabell", () => lines(() => "", "| Vem | Gör vad |\n| --- | --- |\n| Socialtjänsten | |")()],
  ];

  // The pattern "toolbar" of the ARIA Authoring Practices: one stop for the Tab key, arrows within.
  const bar = document.createElement("div");
  bar.className = "tools";
  bar.setAttribute("role", "toolbar");
  bar.setAttribute("aria-label", "Textverktyg");
  bar.setAttribute("aria-controls", field.id);
  const buttons = tools.map(([name, act, key], at) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "quiet";
    button.textContent = name;
    button.tabIndex = at === 0 ? 0 : -1;
    if (key) {
      button.title = `Ctrl+${key.toUpperCase()}`;
      button.setAttribute("aria-keyshortcuts", `Control+${key.toUpperCase()}`);
    }
    button.addEventListener("click", act);
    bar.append(button);
    return button;
  });
  bar.addEventListener("keydown", (event) => {
    const at = buttons.indexOf(document.activeElement);
    const last = buttons.length - 1;
    const to = { ArrowRight: at === last ? 0 : at + 1, ArrowLeft: at === 0 ? last : at - 1, Home: 0, End: last }[event.key];
    if (at < 0 || to === undefined) return;
    event.preventDefault();
    buttons.forEach((button, other) => (button.tabIndex = other === to ? 0 : -1));
    buttons[to].focus();
  });
  field.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    const tool = tools.find(([, , key]) => key === event.key.toLowerCase());
    if (!tool) return;
    event.preventDefault();
    tool[1]();
  });
  field.before(bar);

  const live = document.createElement("details");
  live.className = "live";
  live.open = matchMedia("(min-width: 75rem)").matches;
  const summary = document.createElement("summary");
  summary.textContent = "Så här blir texten";
  const shown = document.createElement("div");
  shown.className = "text";
  live.append(summary, shown);
  field.closest(".field").after(live);

  const show = (html) => {
    const page = new DOMParser().parseFromString(html, "text/html");
    // Here nothing leads away from what is being written, and no name is there twice.
    for (const one of page.querySelectorAll("[id], [href]")) {
      one.removeAttribute("id");
      one.removeAttribute("href");
    }
    shown.replaceChildren(...page.body.childNodes);
  };
  let seen;
  let busy = false;
  let timer;
  const refresh = async () => {
    const body = new URLSearchParams(new FormData(form));
    const wanted = body.toString();
    if (busy || !live.open || wanted === seen) return;
    busy = true;
    try {
      const response = await fetch(form.dataset.preview, { method: "POST", body, redirect: "error" });
      if (!response.ok) throw new Error(response.statusText);
      show((await response.json()).html);
      seen = wanted;
    } catch {
      seen = undefined;
      shown.textContent = "Det gick inte att visa texten just nu. Det du skriver påverkas inte.";
    } finally {
      busy = false;
    }
    if (seen !== undefined && new URLSearchParams(new FormData(form)).toString() !== seen) later();
  };
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(refresh, 600);
  };
  form.addEventListener("input", later);
  live.addEventListener("toggle", refresh);
  refresh();
})();
