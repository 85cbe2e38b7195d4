import { axeFindings } from "../support/axe.js";
import { alike } from "../support/pages.js";
import { expect, test } from "../support/test.js";

// What the other specs leave out because it is like something they look at.
const kinds = { "page of a regulation": /^\/regler\/[^/]+\/$/, "list of who cites one": /\/hanvisningar\/$/, "chapter of the handbook": /^\/handbok\//, "module of a course": /^\/utbildning\/kurser\// };

test("what is left out elsewhere is looked at here", () => {
  expect(alike.filter((path) => !Object.values(kinds).some((kind) => kind.test(path)))).toEqual([]);
});

for (const [name, kind] of Object.entries(kinds)) {
  test(`axe finds nothing on any other ${name}`, async ({ page }) => {
    const paths = alike.filter((path) => kind.test(path));
    expect(paths.length).toBeGreaterThan(5);
    for (const path of paths) {
      await page.goto(path);
      expect.soft(await axeFindings(page), path).toEqual([]);
    }
  });
}
