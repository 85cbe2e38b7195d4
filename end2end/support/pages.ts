/** Every page of the sitemap: a page that is new is tested without anyone writing it down. */
export const allPages = (process.env.PAGES ?? "").split(" ").filter(Boolean);

/** Of these there are many alike; in every window, colour and size only those that differ are looked at. */
const manyAlike = [/^\/regler\/[^/]+\/$/, /^\/regler\/[^/]+\/hanvisningar\/$/, /^\/handbok\/[^/]+\/[^/]+\/$/, /^\/utbildning\/kurser\/[^/]+\/[^/]+\/$/];
const different = [
  "/regler/sosfs-2014-4/", // repealed, rules and advice
  "/regler/hslf-fs-2022-39/", // in force, rules and advice
  "/regler/sfs-2025-400/", // the longest
  "/regler/sfs-1990-52/", // without chapters
  "/regler/sfs-2001-453/", // repealed, with a table of what came after
  "/regler/sfs-2025-400/hanvisningar/",
  "/handbok/2016/vuxna/",
  "/handbok/socialtjanst-vard-tandvard/tandvarden/",
  "/utbildning/kurser/prov/alla-slag/", // questions of every kind
];

/** The pages that stand for all. */
export const pages = allPages.filter((path) => different.includes(path) || !manyAlike.some((kind) => kind.test(path)));

/** Those that `pages` leaves out. */
export const alike = allPages.filter((path) => !pages.includes(path));

/** Pages that depend on what somebody asked for, and so are in no sitemap. */
export const answers = [
  "/sok",
  "/sok?q=barn",
  "/sok?q=xqzwvkj",
  "/sok?q=orosanmlan&typ=regler",
  "/ordlista/?q=barn",
  "/ordlista/?q=sugr%C3%B6rsmodellen",
  "/vagledning/?malgrupp=skola",
  "/vagledning/ansvar/?roll=tandvard",
  "/vagledning/orosanmalan?datum=2014-10-01",
  "/regler/sosfs-2014-4/?datum=2023-01-01",
  "/regler/sosfs-2014-4/?datum=igar",
  "/regler/sfs-2025-400/?datum=2025-12-01",
];

/** Pages for what went wrong, each with its status. 500 cannot be caused from outside; it is the same page with an error id. */
export const errors: Record<string, number> = {
  "/finns-inte": 404,
  "/vagledning/finns-inte": 404,
  "/vagledning/indragen-sida": 410,
  "/%ff": 400,
  [`/${"a".repeat(5000)}`]: 414,
};

export const everyPage = [...pages, ...answers, ...Object.keys(errors)];

/** `everyPage` in parts, for tests that take long. */
const law = (path: string) => /^\/(regler|handbok)\//.test(path);
const guidance = (path: string) => path.startsWith("/vagledning");
export const parts = {
  guidance: everyPage.filter(guidance),
  law: everyPage.filter(law),
  "everything else": everyPage.filter((path) => !guidance(path) && !law(path)),
};

/** A guidance page has a slug below /vagledning/ and no slash at its end. */
export const articles = pages.filter((path) => /^\/vagledning\/[^/]+$/.test(path));

/** For messages: an address of 5,000 characters helps nobody. */
export const brief = (path: string) => (path.length > 60 ? `${path.slice(0, 20)}…` : path);
