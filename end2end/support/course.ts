import { readFileSync } from "node:fs";
import { join } from "node:path";
import vm from "node:vm";
import type { Frame, Page } from "@playwright/test";

type Step = { id: string; html: string; choices?: { html: string; to: string }[]; outcome?: string };
export type Question = { id: string; kind: "enval" | "flerval" | "ordning" | "para" | "fall"; right: string; feedback: string[]; parts: number; steps: Step[] };
export type Module = { slug: string; title: string; questions: Question[] };
export type Course = { id: string; title: string; pass: number; modules: Module[] };

/** What course.js holds. */
export const courseOf = (script: string): Course => vm.runInNewContext(`${script};COURSE`);

export const courseIn = (folder: string): Course => courseOf(readFileSync(join(folder, "course.js"), "utf8"));

/** How many questions of a module must be right. */
export const needed = (course: Course, module: Module): number => Math.ceil((module.questions.length * course.pass) / 100);

/** The choices that lead to an ending of this kind. */
function wayTo(question: Question, outcome: string, step = question.steps[0]): number[] | undefined {
  if (step.outcome) return step.outcome === outcome ? [] : undefined;
  for (const [at, { to }] of step.choices!.entries()) {
    const rest = wayTo(question, outcome, question.steps.find(({ id }) => id === to)!);
    if (rest) return [at + 1, ...rest];
  }
  return undefined;
}

/** A right or a wrong answer, as a string of the kind that course.js has. */
export function answerTo(question: Question, isRight: boolean): string {
  if (question.kind === "fall") return wayTo(question, isRight ? "rätt" : "fel")!.join(",");
  if (isRight) return question.right;
  const right = question.right.split(",");
  switch (question.kind) {
    case "enval":
    case "flerval":
      // One that is not right; there always is one.
      return question.feedback.map((_, at) => String(at + 1)).find((number) => !right.includes(number))!;
    default:
      return [right[1], right[0], ...right.slice(2)].join(",");
  }
}

export const placeOf = (page: Page | Frame, module: Module, question: Question) =>
  page.locator(`[data-module="${module.slug}"] [data-question="${question.id}"]`);
export const feedbackOf = (page: Page | Frame, module: Module, question: Question) => placeOf(page, module, question).locator("[data-feedback]");

/** Marks an answer in the question's form, and sends it. A case is begun anew if it had come to an end. */
export async function give(page: Page | Frame, module: Module, question: Question, answer: string): Promise<void> {
  const place = placeOf(page, module, question);
  const chosen = answer.split(",");
  switch (question.kind) {
    case "enval":
      await place.locator(`input[value="${answer}"]`).check();
      break;
    case "flerval":
      for (const box of await place.locator("input").all()) await box.setChecked(chosen.includes((await box.getAttribute("value"))!));
      break;
    case "fall": {
      const again = place.getByRole("button", { name: "Gör om fallet" });
      if (await again.isVisible()) await again.click();
      for (const choice of chosen) {
        await place.locator(`input[value="${choice}"]`).check();
        await place.getByRole("button", { name: "Välj" }).click();
      }
      return;
    }
    default:
      for (const [at, value] of chosen.entries()) await place.locator(`select[name="del-${at + 1}"]`).selectOption(value);
  }
  await place.getByRole("button", { name: "Svara" }).click();
}

/** A course of this size with every kind of question at its longest, as the portal would write it. */
export function madeUp(modules: number, questions: number): { "index.html": string; "course.js": string } {
  const kinds = ["enval", "flerval", "ordning", "para", "fall"] as const;
  const course = {
    id: "stor",
    title: "Stor kurs",
    version: 1,
    pass: 80,
    modules: Array.from({ length: modules }, (_, m) => ({
      slug: `en-modul-med-ett-ganska-langt-namn-${m + 1}`,
      title: `Modul ${m + 1}`,
      questions: Array.from({ length: questions }, (_, q) => {
        const kind = kinds[q % kinds.length];
        const base = { id: `en-fraga-med-ett-ganska-langt-namn-${q + 1}`, kind, ground: "<p>SoL</p>" };
        if (kind === "fall") {
          const steps = Array.from({ length: 6 }, (_, s) => ({
            id: `steg-${s}`,
            html: `<p>Steg ${s}</p>`,
            choices: [{ html: "fel", to: "fel" }, { html: "vidare", to: s === 5 ? "ratt" : `steg-${s + 1}` }],
          }));
          return { ...base, steps: [...steps, { id: "fel", html: "<p>Fel</p>", outcome: "fel" }, { id: "ratt", html: "<p>Rätt</p>", outcome: "rätt" }] };
        }
        if (kind === "ordning" || kind === "para") return { ...base, right: "1,2,3,4,5,6", parts: 6, whenRight: "<p>Ja.</p>", whenWrong: "<p>Nej.</p>" };
        return { ...base, right: kind === "enval" ? "6" : "1,2,3,4,5", feedback: Array(6).fill("<p>Så här.</p>") };
      }),
    })),
  };
  const numbers = [1, 2, 3, 4, 5, 6];
  const form = (kind: string, name: string) => {
    if (kind === "fall") return `<p>Ett fall.</p><div data-steps></div>`;
    const isChoice = kind === "enval" || kind === "flerval";
    const type = kind === "enval" ? "radio" : "checkbox";
    const options = numbers.map((n) => `<option value="${n}">${n}</option>`).join("");
    const lines = numbers.map((n) => {
      const id = `${name}-${n}`;
      if (isChoice) return `<div class="choice"><input type="${type}" name="svar" value="${n}" id="${id}"><label for="${id}">Svar ${n}</label></div>`;
      return `<div class="part"><label for="${id}">Del ${n}</label><select name="del-${n}" id="${id}"><option value="">Välj</option>${options}</select></div>`;
    });
    return `<fieldset><legend>Fråga</legend>${lines.join("")}</fieldset><button>Svara</button>`;
  };
  const section = ({ id, kind }: { id: string; kind: string }, name: string) =>
    `<section class="question" data-question="${id}" data-kind="${kind}"><form>${form(kind, name)}</form><div class="feedback" data-feedback tabindex="-1"></div></section>`;
  const sections = course.modules.map(({ slug, title, questions }, m) => {
    const asked = questions.map((question, q) => section(question, `f-${m}-${q}`)).join("");
    return `<section class="module" data-module="${slug}" data-title="${title}" tabindex="-1"><h1>${title}</h1>${asked}</section>`;
  });
  return {
    "index.html": `<!DOCTYPE html><html lang="sv"><head><meta charset="utf-8"><title>Stor kurs</title><link rel="stylesheet" href="style.css"></head><body>
<header><p class="course-title">Stor kurs</p><nav aria-label="Moduler"><ol data-contents></ol></nav></header>
<main>${sections.join("")}</main><p role="status" data-told></p><script src="course.js"></script><script src="player.js"></script></body></html>`,
    "course.js": `const COURSE = ${JSON.stringify(course)};`,
  };
}
