import { type BrowserContext, type Page, expect, test as base } from "@playwright/test";
import { axeFindings } from "../support/axe.js";
import { answerTo, courseIn, courseOf, feedbackOf, give, madeUp, type Module, needed, placeOf, type Question } from "../support/course.js";
import { breaches, callsOf, LearningPlatform, type Session } from "../support/learning-platform.js";
import { packageOf } from "../support/package.js";

// The course as a learner meets it in a learning platform, from the package that the portal gives.
const PACKAGE = await packageOf("prov");
const course = courseIn(PACKAGE);
const questions = course.modules.flatMap((module) => module.questions.map((question) => ({ module, question })));
const first = course.modules[0];
const second = course.modules[1];

type World = {
  platform: LearningPlatform;
  /** What the browser complained of, and whom it asked besides the platform. Must be empty when a test ends. */
  complaints: string[];
};
const test = base.extend<World>({
  platform: async ({}, use) => {
    const platform = await LearningPlatform.open(PACKAGE);
    await use(platform);
    platform.close();
  },
  complaints: [
    async ({ context, platform }, use) => {
      const complaints: string[] = [];
      context.on("console", (message) => {
        // That the two permissions together are no fence is known: a platform gives them because the course needs its API.
        const isKnown = message.text().includes("can escape its sandboxing");
        if (["error", "warning"].includes(message.type()) && !isKnown) complaints.push(`${message.page()?.url()}: ${message.text()}`);
      });
      context.on("weberror", (error) => complaints.push(`${error.error()}`));
      context.on("request", (request) => {
        const isBetween = request.url() === `${platform.elsewhere}/platform/between`;
        if (new URL(request.url()).origin !== platform.origin && !isBetween) complaints.push(`asked ${request.url()}`);
      });
      await use(complaints);
      expect(complaints, "complaints of the browser").toEqual([]);
    },
    { auto: true },
  ],
});

const told = (page: Page) => page.locator("[data-told]");
const shown = (page: Page) => page.locator(".module:visible");
const contents = (page: Page) => page.getByRole("navigation", { name: "Moduler" });
const turnTo = (page: Page, name: string) => contents(page).getByRole("button", { name }).click();
const nameOf = (page: Page, module: Module) => page.locator(`[data-module="${module.slug}"]`).getAttribute("data-title") as Promise<string>;
const open = async (page: Page, module: Module) => turnTo(page, await nameOf(page, module));
const right = (page: Page, module: Module, question: Question) => give(page, module, question, answerTo(question, true));
const wrong = (page: Page, module: Module, question: Question) => give(page, module, question, answerTo(question, false));

/** Answers a whole module, so many of its questions wrongly, from the first on. */
async function answerModule(page: Page, module: Module, wrongly = 0): Promise<void> {
  await open(page, module);
  for (const [at, question] of module.questions.entries()) await (at < wrongly ? wrong : right)(page, module, question);
}
async function answerAll(page: Page, wrongly: (module: Module) => number = () => 0): Promise<void> {
  for (const module of course.modules) await answerModule(page, module, wrongly(module));
}
const tooMany = (module: Module) => module.questions.length - needed(course, module) + 1;

async function expectNoBreach(session: Session): Promise<void> {
  expect(breaches(await session.calls())).toEqual([]);
}

test("who answers everything right has passed, and not before the last answer", async ({ context, platform }) => {
  const session = await platform.launch(context);
  const page = session.course;
  await expect.poll(() => platform.kept?.core.lesson_status).toBe("incomplete");
  for (const [at, { module, question }] of questions.entries()) {
    if (question === module.questions[0]) await open(page, module);
    await right(page, module, question);
    await expect(feedbackOf(page, module, question)).toContainText("Rätt svar.");
    const { core, suspend_data } = platform.kept!;
    const isLast = at === questions.length - 1;
    expect(core.lesson_status).toBe(isLast ? "passed" : "incomplete");
    expect(core.exit).toBe(isLast ? "" : "suspend");
    expect(Number(core.score.raw)).toBe(Math.floor((100 * (at + 1)) / questions.length));
    expect([core.score.min, core.score.max].map(Number)).toEqual([0, 100]);
    expect(core.lesson_location).toBe(module.slug);
    expect(suspend_data.length).toBeLessThanOrEqual(4096);
  }
  await turnTo(page, "Resultat");
  await expect(shown(page)).toContainText("Du är klar med kursen. 100 procent av svaren är rätt.");
  await expectNoBreach(session);
  await session.leave();
  expect(platform.kept!.core.lesson_status).toBe("passed");
});

test("who hands in too few right answers has failed, and passes with better ones", async ({ context, platform }) => {
  const session = await platform.launch(context);
  const page = session.course;
  await turnTo(page, "Resultat");
  await expect(page.getByRole("button", { name: "Lämna in" })).toHaveCount(0);
  await answerAll(page, tooMany);
  expect(platform.kept!.core.lesson_status).toBe("incomplete");
  await turnTo(page, "Resultat");
  await page.getByRole("button", { name: "Lämna in" }).click();
  await expect(page.getByText("Du har lämnat in, men är inte godkänd.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Lämna in" })).toHaveCount(0);
  expect(platform.kept!.core).toMatchObject({ lesson_status: "failed", exit: "suspend" });

  await session.leave();

  const later = await platform.launch(context);
  await turnTo(later.course, "Resultat");
  await expect(later.course.getByText("Du har lämnat in, men är inte godkänd.")).toBeVisible();
  for (const module of course.modules) {
    expect(platform.kept!.core).toMatchObject({ lesson_status: "failed", exit: "suspend" });
    await open(later.course, module);
    await right(later.course, module, module.questions[0]);
  }
  expect(platform.kept!.core).toMatchObject({ lesson_status: "passed", exit: "" });
  await later.leave();
});

test("a module is done with as many right answers as it needs, and stays done", async ({ context, platform }) => {
  const module = course.modules.find((one) => needed(course, one) < one.questions.length);
  test.skip(!module, "every module of this package needs all its answers");
  const session = await platform.launch(context);
  const page = session.course;
  const all = module!.questions.length;
  const some = needed(course, module!);
  await answerModule(page, module!, tooMany(module!));
  await expect(shown(page).locator("> .progress")).toHaveText(`${some - 1} av ${all} frågor rätt. Du behöver ${some}.`);
  await right(page, module!, module!.questions[0]);
  await expect(shown(page).locator("> .progress")).toHaveText(`Modulen är klar. ${some} av ${all} frågor rätt.`);
  await expect(contents(page).getByRole("button", { name: `${await nameOf(page, module!)} klar` })).toBeVisible();
  await wrong(page, module!, module!.questions[0]);
  await expect(shown(page).locator("> .progress")).toHaveText(`Modulen är klar. ${some - 1} av ${all} frågor rätt.`);
  await session.leave();

  const later = await platform.launch(context);
  await expect(contents(later.course).getByRole("button", { name: `${await nameOf(later.course, module!)} klar` })).toBeVisible();
  await later.leave();
});

test("who leaves and comes back finds the module and every answer", async ({ context, platform }) => {
  const session = await platform.launch(context);
  await answerModule(session.course, first);
  await open(session.course, second);
  const [one, ...rest] = second.questions;
  for (const question of rest) await wrong(session.course, second, question);
  const spoken = await session.course.locator("[data-feedback]").allTextContents();
  await session.leave();
  expect(platform.kept!.core).toMatchObject({ lesson_status: "incomplete", lesson_location: second.slug, exit: "suspend" });
  const before = platform.kept!.suspend_data;

  const later = await platform.launch(context);
  const page = later.course;
  await expect(told(page)).toHaveText("Välkommen tillbaka. Dina tidigare svar finns kvar.");
  await expect(shown(page)).toHaveAttribute("data-module", second.slug);
  expect(await page.locator("[data-feedback]").allTextContents()).toEqual(spoken);
  for (const question of rest) await expect(feedbackOf(page, second, question)).toContainText("Fel svar.");
  for (const { module, question } of questions.filter(({ module, question }) => (module === first || module === second) && question !== one)) {
    const answer = answerTo(question, module === first).split(",");
    const place = placeOf(page, module, question);
    if (question.kind === "enval" || question.kind === "flerval") {
      expect(await place.locator("input:checked").evaluateAll((inputs) => inputs.map((input) => (input as HTMLInputElement).value))).toEqual(answer);
    } else if (question.kind === "fall") {
      await expect(place.locator(".chosen")).toHaveCount(answer.length);
    } else {
      for (const [at, value] of answer.entries()) await expect(place.locator(`select[name="del-${at + 1}"]`)).toHaveValue(value);
    }
  }
  expect(platform.kept!.suspend_data).toBe(before);
  expect(platform.kept!.core.lesson_status).toBe("incomplete");

  await answerAll(page);
  expect(platform.kept!.core).toMatchObject({ lesson_status: "passed", exit: "" });
  expect(Number(platform.kept!.core.score.raw)).toBe(100);
  await later.leave();
});

test("a second attempt knows nothing of the first", async ({ context, platform }) => {
  const session = await platform.launch(context);
  await answerAll(session.course, (module) => module.questions.length);
  await turnTo(session.course, "Resultat");
  await session.course.getByRole("button", { name: "Lämna in" }).click();
  await session.leave();
  expect(platform.kept!.core.lesson_status).toBe("failed");
  expect(Number(platform.kept!.core.score.raw)).toBe(0);

  platform.kept = undefined;
  const again = await platform.launch(context);
  await expect(shown(again.course)).toHaveAttribute("data-module", first.slug);
  await expect(told(again.course)).toHaveText("");
  await expect(again.course.locator("[data-feedback]:not(:empty)")).toHaveCount(0);
  await expect(again.course.locator("input:checked")).toHaveCount(0);
  await answerAll(again.course);
  await again.leave();
  expect(platform.kept!.core.lesson_status).toBe("passed");
  expect(Number(platform.kept!.core.score.raw)).toBe(100);
});

test("the status never goes back: neither by worse answers nor by what is kept", async ({ context, platform }) => {
  const session = await platform.launch(context);
  await answerAll(session.course);
  await answerAll(session.course, (module) => module.questions.length);
  expect(platform.kept!.core).toMatchObject({ lesson_status: "passed", exit: "" });
  expect(Number(platform.kept!.core.score.raw)).toBe(0);
  await session.leave();

  for (const lesson_status of ["failed", "completed", "passed"]) {
    platform.kept = { ...platform.kept!, suspend_data: "", core: { ...platform.kept!.core, lesson_status } };
    const later = await platform.launch(context);
    await open(later.course, first);
    await wrong(later.course, first, first.questions[0]);
    await later.leave();
    expect(platform.kept!.core.lesson_status).toBe(lesson_status);
  }
});

test("an answer that is not whole is asked for, not judged", async ({ context, platform }) => {
  const session = await platform.launch(context);
  const page = session.course;
  const kinds = [...new Set(questions.map(({ question }) => question.kind))];
  for (const kind of kinds) {
    const { module, question } = questions.find(({ question }) => question.kind === kind)!;
    await open(page, module);
    const place = placeOf(page, module, question);
    const feedback = feedbackOf(page, module, question);
    await place.getByRole("button", { name: /Svara|Välj/ }).click();
    const control = place.locator("input, select").first();
    await expect(control).toBeFocused();
    await expect(control).toHaveAccessibleDescription(/^Välj /);
    await expect(feedback).toContainText(/^Välj /);
    if (kind === "ordning" || kind === "para") {
      for (const select of await place.locator("select").all()) await select.selectOption("1");
      await place.getByRole("button", { name: "Svara" }).click();
      await expect(place.locator("select").nth(1)).toBeFocused();
      await expect(place.locator("select").nth(1)).toHaveAccessibleDescription(/^(Två delar har fått samma plats|Du har valt samma sak två gånger)/);
    }
    await expect(feedback).not.toContainText("svar.");
    // So far one question of each kind before this one is right.
    expect(await session.last("cmi.core.score.raw")).toBe(String(Math.floor((100 * kinds.indexOf(kind)) / questions.length)));
    await right(page, module, question);
    await expect(feedback).toContainText("Rätt svar.");
    await expect(place.locator("[aria-describedby]")).toHaveCount(0);
  }
  await expectNoBreach(session);
});

// -- What is kept --------------------------------------------------------------------------------------------------------

const rubbish = [
  "x",
  "frid0;0;4;0;;",
  "frid1",
  "frid1;0;9;0;;",
  "frid1;0;4;0;;....",
  "frid1;0;4;0;abcdefgh;aaaa",
  "frid1;0;4;1;aaaa;aaaa1.bbbb2.zzzz123456",
  '{"answers":{"__proto__":1}}',
  "<script>alert(1)</script>",
  "å\u0000\ud800 %zz",
  "frid1;0;4;0;;" + "zzzz1.".repeat(600) + "zzzz1",
  "9".repeat(4096),
];
for (const [at, suspend_data] of rubbish.entries()) {
  test(`what another program kept is survived: ${at + 1}, ${JSON.stringify(suspend_data.slice(0, 24))}`, async ({ context, platform }) => {
    const core = { lesson_status: "incomplete", lesson_location: "en-modul-som-inte-finns", exit: "suspend", session_time: "00:00:00", score: { raw: "", min: "", max: "" } };
    platform.kept = { suspend_data, core };
    const session = await platform.launch(context);
    await expect(shown(session.course)).toHaveAttribute("data-module", first.slug);
    await expect(session.course.locator("[data-feedback]:not(:empty)")).toHaveCount(0);
    await right(session.course, first, first.questions[0]);
    await session.leave();
    const later = await platform.launch(context);
    await expect(feedbackOf(later.course, first, first.questions[0])).toContainText("Rätt svar.");
    await later.leave();
  });
}

test("of an older version of the course, what still fits is kept", async ({ context, platform }) => {
  // The older version had a module and a question more, and one of the questions had more to choose from.
  const script = (change: (older: ReturnType<typeof courseOf>) => void) => {
    const older = structuredClone(course);
    change(older);
    return `const COURSE = ${JSON.stringify(older)};`;
  };
  const chosen = first.questions.find(({ kind }) => kind === "enval")!;
  const others = questions.filter(({ module, question }) => module !== second && question !== chosen && question !== first.questions.at(-1));
  const session = await platform.launch(context);
  await answerAll(session.course);
  await open(session.course, first);
  await give(session.course, first, chosen, String(chosen.feedback.length));
  await session.leave();
  platform.kept!.core.lesson_status = "incomplete";

  platform.files["course.js"] = script((newer) => {
    newer.modules.splice(1, 1);
    newer.modules[0].questions.pop();
    newer.modules[0].questions.find(({ id }) => id === chosen.id)!.feedback.pop();
  });
  const later = await platform.launch(context);
  await expect(told(later.course)).toHaveText(others.length > 0 ? "Välkommen tillbaka. Dina tidigare svar finns kvar." : "");
  for (const { module, question } of others) {
    await open(later.course, module);
    await expect(feedbackOf(later.course, module, question)).toContainText("Rätt svar.");
  }
  await expect(feedbackOf(later.course, first, chosen)).toBeEmpty();
  expect(breaches(await later.calls())).toEqual([]);
  await later.leave();
});

test("a course of 180 long questions is kept in 4,096 characters, whole", async ({ context, platform }) => {
  test.slow();
  platform.files = madeUp(12, 15);
  const big = courseOf(platform.files["course.js"]);
  const session = await platform.launch(context);
  // By a script in the page: pressing takes a browser long enough to make 180 answers a matter of minutes.
  const answers = big.modules.map(({ slug, questions }) => ({
    slug,
    all: questions.map((question) => ({ id: question.id, kind: question.kind, answer: answerTo(question, true) })),
  }));
  await session.course.evaluate((given) => {
    const press = (place: Element, name: string) => [...place.querySelectorAll("button")].find((button) => button.textContent === name)!.click();
    const mark = (place: Element, value: string) => (place.querySelector<HTMLInputElement>(`input[value="${value}"]`)!.checked = true);
    for (const [at, { slug, all }] of given.entries()) {
      document.querySelectorAll<HTMLButtonElement>("[data-contents] button")[at].click();
      for (const { id, kind, answer } of all) {
        const place = document.querySelector(`[data-module="${slug}"] [data-question="${id}"]`)!;
        for (const [part, value] of answer.split(",").entries()) {
          if (kind === "ordning" || kind === "para") place.querySelector<HTMLSelectElement>(`[name="del-${part + 1}"]`)!.value = value;
          else mark(place, value);
          if (kind === "fall") press(place, "Välj");
        }
        if (kind !== "fall") press(place, "Svara");
      }
    }
  }, answers);
  const calls = await session.calls();
  const lengths = calls.filter(({ what }) => what === "cmi.suspend_data").map(({ value }) => value.length);
  expect(lengths.length).toBeGreaterThanOrEqual(180);
  expect(Math.max(...lengths)).toBeLessThanOrEqual(4096);
  test.info().annotations.push({ type: "longest suspend_data", description: String(Math.max(...lengths)) });
  expect(platform.kept!.core.lesson_status).toBe("passed");
  await session.leave();

  const later = await platform.launch(context);
  await expect(later.course.getByText("Rätt svar.")).toHaveCount(180);
  expect(Number(platform.kept!.core.score.raw)).toBe(100);
  await later.leave();
});

test("of more answers than there is room for the learner is told, and no text is too long", async ({ context, platform }) => {
  test.slow();
  platform.files = madeUp(30, 15);
  const core = { lesson_status: "incomplete", lesson_location: "", exit: "suspend", session_time: "00:00:00", score: { raw: "", min: "", max: "" } };
  platform.kept = { suspend_data: "", core };
  const session = await platform.launch(context);
  await session.course.evaluate(() => {
    for (const select of document.querySelectorAll("select")) select.selectedIndex = Number(select.name.split("-")[1]);
    for (const box of document.querySelectorAll<HTMLInputElement>("input:not([id^=spelare])")) box.checked = true;
    for (const button of document.querySelectorAll("button")) if (button.textContent === "Svara") button.click();
    for (;;) {
      const place = [...document.querySelectorAll("[data-kind=fall]")].find((one) => one.querySelector("fieldset"));
      if (!place) break;
      place.querySelectorAll<HTMLInputElement>("input")[1].checked = true;
      [...place.querySelectorAll("button")].find((button) => button.textContent === "Välj")!.click();
    }
  });
  await expect(told(session.course)).toContainText("Du har svarat på fler frågor än lärplattformen kan spara.");
  await expectNoBreach(session);
  await session.leave();
});

// -- The platform --------------------------------------------------------------------------------------------------------

test("a commit that fails is told of, and the next answer brings both", async ({ context, platform }) => {
  const session = await platform.launch(context);
  const page = session.course;
  await expect.poll(() => platform.commits.length).toBeGreaterThan(0);
  const before = platform.kept!.suspend_data;
  platform.isRefusing = true;
  await right(page, first, first.questions[0]);
  await expect(told(page)).toContainText("Det gick inte att spara i lärplattformen.");
  await expect(page.getByRole("status")).toContainText("Vi försöker igen");
  await expect(feedbackOf(page, first, first.questions[0])).toContainText("Rätt svar.");
  expect(platform.kept!.suspend_data).toBe(before);
  expect(await axeFindings(page)).toEqual([]);

  const refused = await session.last("cmi.suspend_data");
  await page.getByRole("button", { name: "Försök igen" }).click();
  await expect(page.getByRole("button", { name: "Försök igen" })).toBeFocused();
  // A platform may send only what has changed since it last tried.
  expect(await session.last("cmi.suspend_data")).not.toBe(refused);
  platform.isRefusing = false;
  await right(page, first, first.questions[1]);
  await expect(told(page)).toHaveText("Nu är dina svar sparade i lärplattformen.");
  await right(page, first, first.questions[1]);
  await expect(told(page)).toHaveText("");
  await session.leave();

  const later = await platform.launch(context);
  for (const question of first.questions.slice(0, 2)) await expect(feedbackOf(later.course, first, question)).toContainText("Rätt svar.");
  await later.leave();
});

test("what could not be saved is saved at once when the learner asks for it", async ({ context, platform }) => {
  const session = await platform.launch(context);
  const page = session.course;
  await right(page, first, first.questions[0]);
  for (const kind of ["throws", "asleep"]) {
    await session.trouble(kind);
    await (kind === "throws" ? wrong : right)(page, first, first.questions[0]);
    await session.trouble("");
    await page.getByRole("button", { name: "Försök igen" }).click();
    await expect(told(page)).toHaveText("Nu är dina svar sparade i lärplattformen.");
    await expect(told(page)).toBeFocused();
    expect(Number(platform.kept!.core.score.raw)).toBe(kind === "throws" ? 0 : Math.floor(100 / questions.length));
  }
  await session.leave();
});

for (const trouble of ["throws", "asleep", "blank"]) {
  test(`a platform that wakes late loses nothing of what it had: ${trouble}`, async ({ context, platform }) => {
    const session = await platform.launch(context);
    await answerModule(session.course, first);
    await session.leave();
    const before = platform.kept!.suspend_data;

    platform.trouble = trouble;
    const later = await platform.launch(context);
    const page = later.course;
    await expect(told(page)).toContainText("Det gick inte att spara i lärplattformen.");
    await open(page, second);
    await wrong(page, second, second.questions[0]);
    expect(platform.kept!.suspend_data).toBe(before);
    await later.trouble("");
    await right(page, second, second.questions[0]);
    await expect(told(page)).toHaveText("Nu är dina svar sparade i lärplattformen.");
    for (const question of first.questions) await expect(feedbackOf(page, first, question)).toContainText("Rätt svar.");
    await expect(feedbackOf(page, second, second.questions[0])).toContainText("Rätt svar.");
    await later.leave();
    expect(platform.kept!.suspend_data.length).toBeGreaterThan(before.length);
  });
}

test("a platform that judges by a pass mark judges nobody who has only paused, and keeps who has passed", async ({ context, platform }) => {
  platform.passMark = String(course.pass);
  const session = await platform.launch(context);
  await right(session.course, first, first.questions[0]);
  await session.leave();
  expect(platform.kept!.core.lesson_status).toBe("incomplete");

  const later = await platform.launch(context);
  await answerAll(later.course);
  expect(Number(platform.kept!.core.score.raw)).toBe(100);
  await wrong(later.course, course.modules.at(-1)!, course.modules.at(-1)!.questions[0]);
  await later.leave();
  expect(platform.kept!.core.lesson_status).toBe("passed");

  const again = await platform.launch(context);
  await answerAll(again.course, (module) => module.questions.length);
  await again.leave();
  expect(platform.kept!.core.lesson_status).toBe("passed");
});

test("who only looks through the course changes nothing", async ({ context, platform }) => {
  const session = await platform.launch(context);
  await right(session.course, first, first.questions[0]);
  await session.leave();
  const before = structuredClone(platform.kept!);
  platform.mode = "review";
  const later = await platform.launch(context);
  await expect(told(later.course)).toHaveText("Du har öppnat kursen för att titta igenom den. Det du svarar nu sparas inte.");
  await expect(feedbackOf(later.course, first, first.questions[0])).toContainText("Rätt svar.");
  await wrong(later.course, first, first.questions[0]);
  await later.leave();
  expect(platform.kept!.suspend_data).toBe(before.suspend_data);
  expect(platform.kept!.core.lesson_status).toBe("incomplete");
});

for (const how of ["frame", "frames"] as const) {
  test(`the platform is found around a ${how === "frame" ? "frame that may not send forms" : "frame within a frame of another host"}`, async ({ context, platform }) => {
    const { lms, course: frame } = await platform.embed(context, how);
    await right(frame as unknown as Page, first, first.questions[0]);
    await expect(frame.locator("[data-told]")).toHaveText("");
    await expect.poll(() => Number(platform.kept?.core.score.raw)).toBe(Math.floor(100 / questions.length));
    await lms.evaluate(() => document.querySelector("iframe")!.remove());
    await expect.poll(async () => (await callsOf(lms)).filter(({ verb }) => verb === "LMSFinish").length).toBe(1);
    expect(breaches(await callsOf(lms))).toEqual([]);
  });
}

test("a page that the browser kept and shows again goes on being saved", async ({ context, platform }) => {
  const session = await platform.launch(context);
  const page = session.course;
  await right(page, first, first.questions[0]);
  // A window that another has opened is never kept by this browser: the events are those it would get.
  await page.evaluate(() => {
    dispatchEvent(new PageTransitionEvent("pagehide", { persisted: true }));
    dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }));
  });
  await right(page, first, first.questions[1]);
  await expect(told(page)).toHaveText("");
  expect(Number(platform.kept!.core.score.raw)).toBe(Math.floor(200 / questions.length));
});

test("the session's time is that of the session", async ({ context, platform }) => {
  const noon = Date.UTC(2026, 10, 2, 12);
  await context.clock.setFixedTime(noon);
  const session = await platform.launch(context);
  expect(await session.last("cmi.core.session_time")).toBe("0000:00:00.00");
  await context.clock.setFixedTime(noon + 3_723_450);
  await right(session.course, first, first.questions[0]);
  expect(await session.last("cmi.core.session_time")).toBe("0001:02:03.45");
  // Longer than a platform can be told.
  await context.clock.setFixedTime(noon + 10_000 * 3_600_000);
  await right(session.course, first, first.questions[0]);
  expect(await session.last("cmi.core.session_time")).toBe("9999:00:00.00");
  await session.leave();
});

// -- The page ------------------------------------------------------------------------------------------------------------

async function plain(context: BrowserContext, platform: LearningPlatform): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`${platform.origin}/kurs/index.html`);
  return page;
}

test("without a platform the course can be read and answered, and says that nothing is kept", async ({ context, platform }) => {
  const page = await plain(context, platform);
  await expect(told(page)).toHaveText("Kursen är inte öppnad i en lärplattform. Du kan läsa och svara, men inget sparas.");
  await answerAll(page);
  await turnTo(page, "Resultat");
  await expect(shown(page)).toContainText("Du är klar med kursen.");
  expect(await page.evaluate(() => [localStorage.length, sessionStorage.length, document.cookie])).toEqual([0, 0, ""]);
  await page.reload();
  await expect(page.locator("[data-feedback]:not(:empty)")).toHaveCount(0);
});

test("without JavaScript all of the text is there", async ({ browser, platform }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await plain(context, platform);
  await expect(page.getByRole("heading", { level: 1 })).toHaveCount(course.modules.length);
  for (const heading of await page.getByRole("heading", { level: 1 }).all()) await expect(heading).toBeVisible();
  for (const control of await page.locator("form input, form select").all()) await expect(control).toBeVisible();
  await context.close();
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`axe finds nothing in any question, unanswered, right or wrong, ${colorScheme}`, async ({ context, platform }) => {
    test.slow();
    const page = await plain(context, platform);
    await page.emulateMedia({ colorScheme });
    const kinds = new Map(questions.map((one) => [`${one.module.slug} ${one.question.kind}`, one]));
    const inModules = course.modules.map((module) => [...kinds.values()].filter((one) => one.module === module));
    for (const some of inModules) {
      await open(page, some[0].module);
      expect(await axeFindings(page)).toEqual([]);
      for (const [answer, verdict] of [[wrong, "Fel svar."], [right, "Rätt svar."]] as const) {
        for (const { module, question } of some) {
          await answer(page, module, question);
          await expect(feedbackOf(page, module, question)).toContainText(verdict);
        }
        expect(await axeFindings(page)).toEqual([]);
      }
      const unfinished = some.find(({ question }) => question.kind === "fall");
      if (unfinished) {
        await placeOf(page, unfinished.module, unfinished.question).getByRole("button", { name: "Gör om fallet" }).click();
        expect(await axeFindings(page)).toEqual([]);
      }
    }
    await turnTo(page, "Resultat");
    expect(await axeFindings(page)).toEqual([]);
  });
}

test("axe finds nothing in what is missing, handed in, failed and passed", async ({ context, platform }) => {
  const session = await platform.launch(context);
  const page = session.course;
  const { module, question } = questions.find(({ question }) => question.kind === "ordning" || question.kind === "para") ?? questions[0];
  await open(page, module);
  await placeOf(page, module, question).getByRole("button", { name: /Svara|Välj/ }).click();
  expect(await axeFindings(page)).toEqual([]);
  await answerAll(page, (one) => tooMany(one));
  await turnTo(page, "Resultat");
  expect(await axeFindings(page)).toEqual([]);
  await page.getByRole("button", { name: "Lämna in" }).click();
  await expect(page.getByText("Du har lämnat in, men är inte godkänd.")).toBeVisible();
  expect(await axeFindings(page)).toEqual([]);
  await answerAll(page);
  await turnTo(page, "Resultat");
  await expect(shown(page)).toContainText("Du är klar med kursen.");
  expect(await axeFindings(page)).toEqual([]);
});

/** Presses Tab until `wanted` has focus, as somebody without a mouse would. */
async function tabTo(page: Page, wanted: ReturnType<Page["locator"]>): Promise<void> {
  for (let stop = 0; stop < 200; stop++) {
    if (await wanted.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error("Tab never comes there");
}

/** Answers with keys alone, beginning anywhere before the question. */
async function type(page: Page, module: Module, question: Question, answer: string): Promise<void> {
  const place = placeOf(page, module, question);
  const chosen = answer.split(",");
  const choose = async (value: string) => {
    const inputs = place.locator("fieldset input");
    await tabTo(page, inputs.first());
    await page.keyboard.press("Space");
    for (let at = 1; at < Number(value); at++) await page.keyboard.press("ArrowDown");
    await expect(place.locator(`fieldset input[value="${value}"]`)).toBeChecked();
    // As a form is sent everywhere.
    await page.keyboard.press("Enter");
  };
  switch (question.kind) {
    case "enval":
      return choose(answer);
    case "fall":
      for (const value of chosen) await choose(value);
      return;
    case "flerval":
      for (const value of chosen) {
        await tabTo(page, place.locator(`input[value="${value}"]`));
        await page.keyboard.press("Space");
      }
      return page.keyboard.press("Enter");
    default: {
      for (const select of await place.locator("select").all()) {
        await tabTo(page, select);
        const part = Number((await select.getAttribute("name"))!.split("-")[1]);
        const value = chosen[part - 1];
        // A list opens with a key in some systems and not in others; typing what it says chooses in all.
        await page.keyboard.type((await select.locator(`option[value="${value}"]`).textContent())!.trim());
        await expect(select).toHaveValue(value);
      }
      await tabTo(page, place.getByRole("button", { name: "Svara" }));
      return page.keyboard.press("Space");
    }
  }
}

test("the keyboard alone takes a learner through the course, and focus is where the news is", async ({ context, platform }) => {
  test.slow();
  const session = await platform.launch(context);
  const page = session.course;
  for (const [at, module] of course.modules.entries()) {
    await expect(shown(page)).toHaveAttribute("data-module", module.slug);
    await expect(shown(page)).toHaveCount(1);
    if (at > 0) await expect(shown(page)).toBeFocused();
    await expect(contents(page).getByRole("button").nth(at)).toHaveAttribute("aria-current", "page");
    for (const question of module.questions) {
      await type(page, module, question, answerTo(question, true));
      const feedback = feedbackOf(page, module, question);
      await expect(feedback).toBeFocused();
      await expect(feedback).toBeInViewport();
      await expect(feedback).toContainText("Rätt svar.");
      await expect(feedback).toContainText(/\d+ av \d+ fråg(a|or) rätt\./);
    }
    const next = page.getByRole("navigation", { name: "Föregående och nästa" }).getByRole("button", { name: /^Nästa/ });
    await tabTo(page, next);
    await page.keyboard.press("Enter");
  }
  await expect(page.getByRole("heading", { name: "Resultat" })).toBeVisible();
  await expect(shown(page)).toBeFocused();
  await expect(page).toHaveTitle(/^Resultat – /);
  expect(platform.kept!.core.lesson_status).toBe("passed");
  await page.getByRole("button", { name: /^Föregående/ }).press("Enter");
  await expect(shown(page)).toHaveAttribute("data-module", course.modules.at(-1)!.slug);
  await session.leave();
});

test("in a case, focus follows the steps, and those before can be read", async ({ context, platform }) => {
  const found = questions.find(({ question }) => question.kind === "fall" && answerTo(question, true).includes(","));
  test.skip(!found, "no case of two steps in this package");
  const { module, question } = found!;
  const page = await plain(context, platform);
  await open(page, module);
  const place = placeOf(page, module, question);
  const [one] = answerTo(question, true).split(",");
  await place.locator(`input[value="${one}"]`).check();
  await place.getByRole("button", { name: "Välj" }).click();
  await expect(place.locator(".step").nth(1)).toBeFocused();
  await expect(place.locator(".step").first()).toBeVisible();
  await expect(place.locator(".chosen")).toHaveCount(1);
  await expect(place.getByRole("group")).toHaveCount(1);
});

test("nothing is wider than 320 pixels", async ({ context, platform }) => {
  const page = await plain(context, platform);
  await page.setViewportSize({ width: 320, height: 640 });
  for (const module of course.modules) {
    await answerModule(page, module, 1);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  }
  await turnTo(page, "Resultat");
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
});

test("on paper every module is there, and nothing to press", async ({ context, platform }) => {
  const page = await plain(context, platform);
  await page.emulateMedia({ media: "print" });
  await expect(page.locator(".module[data-module]:visible")).toHaveCount(course.modules.length);
  await expect(page.getByRole("heading", { name: "Resultat" })).toHaveCount(0);
  await expect(page.locator("button:visible")).toHaveCount(0);
});
