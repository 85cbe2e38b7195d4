/** Every page of the sitemap: a page that is new is tested without anyone writing it down. */
export const pages = (process.env.PAGES ?? "").split(" ").filter(Boolean);

/** Pages that depend on what somebody asked for, and so are in no sitemap. */
export const answers = [
  "/sok",
  "/sok?q=barn",
  "/sok?q=sugr%C3%B6rsmodellen",
  "/ordlista/?q=barn",
  "/ordlista/?q=sugr%C3%B6rsmodellen",
  "/vagledning/?malgrupp=skola",
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

/** A guidance page has a slug below /vagledning/ and no slash at its end. */
export const articles = pages.filter((path) => /^\/vagledning\/[^/]+$/.test(path));

/** For messages: an address of 5,000 characters helps nobody. */
export const brief = (path: string) => (path.length > 60 ? `${path.slice(0, 20)}…` : path);
