// What is pasted from Word and other programs keeps its headings, lists, tables, links and emphasis, as Markdown, and
// loses the rest.
(() => {
  const form = document.querySelector("form.write");
  if (!form) return;
  const field = form.elements.namedItem("text");
  if (!field) return;
  const dropped = new Set(["SCRIPT", "STYLE", "META", "LINK", "TITLE", "XML", "IMG", "SVG", "MATH", "IFRAME", "OBJECT", "TEMPLATE"]);
  const containers = new Set(["DIV", "SECTION", "ARTICLE", "MAIN", "HEADER", "FOOTER", "BODY", "CENTER", "FORM"]);

  // Signs that mean something in Markdown are to mean themselves.
  const escaped = (text) => text.replace(/[\\`*_[\]<>]/g, "\\$&");
  const atStart = (line) => line.replace(/^(#{1,6}|[+-])(?=\s)/, "\\$1").replace(/^(\d+)([.)])(?=\s)/, "$1\\$2");
  const safe = (href) => /^(https?:|mailto:|tel:|\/(?!\/))/i.test(href);

  const wrapped = (mark, text) => {
    const inner = text.trim();
    if (!inner) return text;
    return text.match(/^\s*/)[0] + mark + inner + mark + text.match(/\s*$/)[0];
  };

  const inline = (node) => {
    if (node.nodeType === Node.TEXT_NODE) return escaped(node.textContent.replace(/[\s\u00a0]+/g, " "));
    if (node.nodeType !== Node.ELEMENT_NODE || dropped.has(node.tagName)) return "";
    const style = node.getAttribute("data-style") || "";
    // The bullet or number that Word draws itself.
    if (/mso-list:\s*ignore/i.test(style)) return "";
    if (node.tagName === "BR") return " ";
    const text = [...node.childNodes].map(inline).join("");
    const isPlain = /font-weight:\s*(normal|400)/i.test(style);
    switch (node.tagName) {
      case "B":
      case "STRONG":
        return isPlain ? text : wrapped("**", text);
      case "I":
      case "EM":
        return wrapped("*", text);
      case "A": {
        const href = (node.getAttribute("href") || "").trim();
        return safe(href) && text.trim() ? `[${text.trim()}](${href.replace(/[()\s]/g, encodeURIComponent)})` : text;
      }
      default:
        return text;
    }
  };
  const line = (node) => inline(node).replace(/\s+/g, " ").trim();

  const listItems = (list, depth) => {
    const isOrdered = list.tagName === "OL";
    let number = 0;
    const items = [];
    for (const item of list.children) {
      if (item.tagName === "UL" || item.tagName === "OL") {
        items.push(...listItems(item, depth + 1));
        continue;
      }
      const nested = [...item.children].filter((child) => child.tagName === "UL" || child.tagName === "OL");
      for (const child of nested) child.remove();
      number += 1;
      const text = line(item);
      if (text) items.push("    ".repeat(depth) + (isOrdered ? `${number}. ` : "- ") + text);
      for (const child of nested) items.push(...listItems(child, depth + 1));
    }
    return items;
  };

  const table = (node) => {
    const rows = [...node.querySelectorAll("tr")].map((row) => [...row.children].map((cell) => line(cell).replace(/\|/g, "\\|")));
    const width = Math.max(0, ...rows.map((row) => row.length));
    if (width === 0) return "";
    const written = rows.map((row) => `| ${[...row, ...Array(width - row.length).fill("")].join(" | ")} |`);
    written.splice(1, 0, `|${" --- |".repeat(width)}`);
    return written.join("\n");
  };

  // Word writes a list as paragraphs that say which list and level they are of.
  const wordItem = (node) => {
    const style = node.getAttribute("data-style") || "";
    const level = style.match(/mso-list:[^;]*level(\d+)/i);
    if (!level) return null;
    const marker = [...node.querySelectorAll("span")].find((span) => /mso-list:\s*ignore/i.test(span.getAttribute("data-style") || ""));
    const isOrdered = /^\s*(\d+|[a-z])[.)]/i.test(marker ? marker.textContent : "");
    return "    ".repeat(Number(level[1]) - 1) + (isOrdered ? "1. " : "- ") + line(node);
  };

  const blocks = (node, out) => {
    let running = "";
    const end = () => {
      const text = running.replace(/\s+/g, " ").trim();
      if (text) out.push({ text: atStart(text) });
      running = "";
    };
    for (const child of node.childNodes) {
      const name = child.nodeType === Node.ELEMENT_NODE ? child.tagName : "";
      if (/^H[1-6]$/.test(name)) {
        end();
        // The page's own heading is the first level.
        const text = line(child);
        if (text) out.push({ text: `${"#".repeat(Math.min(Number(name[1]) + 1, 4))} ${text}` });
      } else if (name === "P" || name === "LI") {
        end();
        const item = wordItem(child);
        const text = line(child);
        if (item) out.push({ text: item, isItem: true });
        else if (text) out.push({ text: atStart(text) });
      } else if (name === "UL" || name === "OL") {
        end();
        for (const text of listItems(child, 0)) out.push({ text, isItem: true });
      } else if (name === "TABLE") {
        end();
        const text = table(child);
        if (text) out.push({ text });
      } else if (name === "BLOCKQUOTE") {
        end();
        const quoted = markdown(child);
        if (quoted) out.push({ text: quoted.replace(/^/gm, "> ") });
      } else if (containers.has(name) || (name && child.querySelector("p, h1, h2, h3, h4, h5, h6, ul, ol, table"))) {
        end();
        blocks(child, out);
      } else {
        running += inline(child);
      }
    }
    end();
  };

  const markdown = (node) => {
    const out = [];
    blocks(node, out);
    return out.reduce((all, block, at) => all + (at === 0 ? "" : block.isItem && out[at - 1].isItem ? "\n" : "\n\n") + block.text, "");
  };

  field.addEventListener("paste", (event) => {
    const html = event.clipboardData.getData("text/html");
    if (!html) return;
    // Only what it says is wanted: neither how it looked nor what it would do.
    const said = html.replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/\s(style|on\w+)\s*=/gi, " data-$1="));
    const page = new DOMParser().parseFromString(said.replace(/<(style|script)[\s\S]*?<\/\1>/gi, ""), "text/html");
    const pictures = page.querySelectorAll("img").length;
    const text = markdown(page.body);
    // A word or two from a page is what it is.
    if (!text || (!text.includes("\n") && text === escaped(event.clipboardData.getData("text/plain").trim()))) return;
    event.preventDefault();
    if (!document.execCommand("insertText", false, text)) {
      field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
    const told = pictures === 0 ? "" : pictures === 1 ? " En bild följde inte med." : ` ${pictures} bilder följde inte med.`;
    form.querySelector(".saved").textContent = `Inklistrat. Rubriker, listor, tabeller och länkar är kvar.${told} Läs igenom texten.`;
  });
})();
