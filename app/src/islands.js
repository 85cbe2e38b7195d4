// Wakes the islands of a page. Only pages that hold an island load this file, and it alone loads the
// WebAssembly. Leptos' own loader is an inline script, which our content security policy forbids.
import start, * as bundle from "./frid.js";

// Islands inside the server-rendered children of another island wake after their parent,
// which may first have to hand them its context.
function wake(node, parents) {
  if (node.localName === "leptos-island") {
    const island = bundle[node.dataset.component];
    if (island) {
      parents.at(-1)?.();
      island(node);
    }
  }
  const inner = node.localName === "leptos-children" ? [...parents, node.$$on_hydrate] : parents;
  for (const child of node.children) wake(child, inner);
}

await start({ module_or_path: "./frid.wasm" });
bundle.hydrate();
wake(document.body, []);
document.documentElement.dataset.islands = "awake";
