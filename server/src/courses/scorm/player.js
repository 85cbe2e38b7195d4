// Runs a course in a learning platform that speaks SCORM 1.2: shows one module at a time, judges the answers and has the
// platform keep them. Opened anywhere else it is the same page, and nothing is kept. What the course holds is in course.js.
(() => {
  let opened = Date.now();
  const main = document.querySelector("main");
  const told = document.querySelector("[data-told]");

  const element = (name, className, ...within) => {
    const made = document.createElement(name);
    if (className) made.className = className;
    made.append(...within);
    return made;
  };
  const button = (text, className, press) => {
    const made = element("button", className, text);
    made.type = "button";
    made.addEventListener("click", press);
    return made;
  };
  // Sanitised where the course was made.
  const html = (text) => {
    const holder = document.createElement("template");
    holder.innerHTML = text;
    return holder.content;
  };

  const modules = COURSE.modules.map((module) => {
    const place = main.querySelector(`[data-module="${CSS.escape(module.slug)}"]`);
    const asked = module.questions.map((question) => {
      const around = place.querySelector(`[data-question="${CSS.escape(question.id)}"]`);
      return { ...question, module: module.slug, key: `${module.slug}/${question.id}`, form: around.querySelector("form"), reply: around.querySelector("[data-feedback]") };
    });
    return { ...module, place, questions: asked, name: place.dataset.title };
  });
  const questions = modules.flatMap((module) => module.questions);
  const moduleOf = (question) => modules.find((module) => module.slug === question.module);

  // What the learner has done: the last answer to each question by its key, and the modules that were done once.
  const answers = new Map();
  const done = new Set();
  let isHandedIn = false;

  // -- The rules ---------------------------------------------------------------------------------------------------------

  // The steps of a case along the choices made, the last one where the learner stands; undefined when there is no such way.
  const walk = (question, choices) =>
    choices.reduce((way, choice) => {
      const next = question.steps.find((step) => step.id === way?.at(-1).choices?.[choice - 1]?.to);
      return next && [...way, next];
    }, [question.steps[0]]);
  const numbers = (answer) => (answer === "" ? [] : answer.split(",").map(Number));
  const outcome = (question, answer) => walk(question, numbers(answer))?.at(-1).outcome;
  const isRight = (question, answer) => (question.kind === "fall" ? outcome(question, answer) === "rätt" : answer === question.right);

  // Could it be an answer to this question? It may come from an older version of the course, or from another program.
  const fits = (question, answer) => {
    const chosen = numbers(answer);
    const within = (most) => chosen.length > 0 && chosen.every((number) => number >= 1 && number <= most);
    const isRising = chosen.every((number, at) => at === 0 || number > chosen[at - 1]);
    switch (question.kind) {
      case "enval":
        return chosen.length === 1 && within(question.feedback.length);
      case "flerval":
        return isRising && within(question.feedback.length);
      case "fall":
        return outcome(question, answer) !== undefined;
      default:
        return new Set(chosen).size === question.parts && chosen.length === question.parts && within(question.parts);
    }
  };

  const isAnswered = (question) => answers.has(question.key);
  const rightIn = (some) => some.filter((question) => isAnswered(question) && isRight(question, answers.get(question.key))).length;
  const needed = (module) => Math.ceil((COURSE.pass * module.questions.length) / 100);
  const settle = () => {
    for (const module of modules) {
      if (module.questions.every(isAnswered) && rightIn(module.questions) >= needed(module)) done.add(module.slug);
    }
  };
  const isCompleted = () => modules.every((module) => done.has(module.slug));
  const score = () => (questions.length === 0 ? 100 : Math.floor((100 * rightIn(questions)) / questions.length));

  // A status is only ever followed by a later one in this list, whatever is answered afterwards.
  const STATUSES = ["incomplete", "failed", "completed", "passed"];
  let status = "incomplete";
  const raise = (to) => {
    if (STATUSES.indexOf(to) > STATUSES.indexOf(status)) status = to;
  };

  // -- What is kept: cmi.suspend_data ------------------------------------------------------------------------------------

  // frid1 ; failed saves ; length of a name ; handed in ; modules that are done ; question and answer, question and answer …
  // Names are hashes, so that a question is found again in another version of the course, wherever it has gone: letters and
  // digits alone, six to ten characters for a question. 180 questions take 2,000 characters.
  const ROOM = 4096;
  const FORM = /^frid1;[0-9a-z]{1,4};([4-7]);([01]);([0-9a-z]*);((?:[0-9a-z]+(?:\.[0-9a-z]+)*)?)$/;
  const name = (text, length) => {
    let hash = 0x811c9dc5; // FNV-1a
    for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
    return hash.toString(36).padStart(7, "0").slice(-length);
  };
  const keys = [...modules.map((module) => module.slug), ...questions.map((question) => question.key)];
  const isTelling = (length) => new Set(keys.map((key) => name(key, length))).size === keys.length;
  const nameLength = [4, 5, 6].find(isTelling) ?? 7;
  const pieces = (text, length) => text.match(new RegExp(`.{${length}}`, "g")) ?? [];

  // Some platforms send only what has changed since they last tried: with the number of failures in it the text has.
  let failures = 0;
  let isRoomy = true;
  const packed = () => {
    const finished = modules.filter((module) => done.has(module.slug)).map((module) => name(module.slug, nameLength));
    const digits = (answer) => numbers(answer).map((number) => number.toString(36)).join("");
    const given = questions.filter(isAnswered).map(({ key }) => name(key, nameLength) + digits(answers.get(key)));
    const text = () => ["frid1", failures.toString(36), nameLength, Number(isHandedIn), finished.join(""), given.join(".")].join(";");
    isRoomy = text().length <= ROOM;
    // A longer text would be cut by the platform, or refused whole.
    while (text().length > ROOM) given.shift();
    return text();
  };

  // Takes up what was kept; an answer given since then stays. False when it cannot be read.
  const takeUp = (text) => {
    const [, digits, handedIn, finished, given] = FORM.exec(text) ?? [];
    if (digits === undefined) return text === "";
    const length = Number(digits);
    const only = (some) => (some.length === 1 ? some[0] : undefined);
    for (const piece of pieces(finished, length)) {
      const module = only(modules.filter(({ slug }) => name(slug, length) === piece));
      if (module) done.add(module.slug);
    }
    for (const entry of given.split(".")) {
      const question = only(questions.filter(({ key }) => name(key, length) === entry.slice(0, length)));
      const answer = [...entry.slice(length)].map((digit) => parseInt(digit, 36)).join(",");
      if (question && !isAnswered(question) && fits(question, answer)) answers.set(question.key, answer);
    }
    isHandedIn ||= handedIn === "1";
    return true;
  };

  // -- The learning platform ---------------------------------------------------------------------------------------------

  let api = null;
  let isOpen = false;
  // Somebody who only looks through the course leaves nothing behind (cmi.core.lesson_mode).
  let isLooking = false;
  let passMark = "";
  let scoreKept = 0;
  let placeKept = "";

  const inFrames = (from) => {
    for (let frame = from, steps = 0; frame && steps < 50; frame = frame.parent === frame ? null : frame.parent, steps += 1) {
      try {
        if (typeof frame.API?.LMSInitialize === "function") return frame.API;
      } catch {
        // A frame of another host; the one around it may be the platform's.
      }
    }
    return null;
  };
  const find = () => inFrames(window) ?? inFrames(window.opener) ?? inFrames(window.top?.opener);

  // Platforms answer "true" or true, and some throw.
  const ask = (verb, ...words) => {
    try {
      return String(api[verb](...words)) === "true";
    } catch {
      return false;
    }
  };
  // null when the platform could not read it: writing then would put less in the place of more.
  const read = (what) => {
    try {
      const value = String(api.LMSGetValue(what) ?? "");
      return value === "" && String(api.LMSGetLastError?.()) === "101" ? null : value;
    } catch {
      return null;
    }
  };

  let isStrange = false;
  const connect = () => {
    if (isOpen) return true;
    api = find();
    if (!api) return false;
    // A page that is loaded again may meet a session that is open already.
    if (!ask("LMSInitialize", "") && !read("cmi.core.lesson_status")) return false;
    const kept = read("cmi.suspend_data");
    const known = read("cmi.core.lesson_status");
    if (kept === null || known === null) return false;
    isStrange = !takeUp(kept);
    raise(known);
    placeKept = read("cmi.core.lesson_location");
    passMark = read("cmi.student_data.mastery_score") ?? "";
    scoreKept = Number(read("cmi.core.score.raw")) || 0;
    isLooking = ["browse", "review"].includes(read("cmi.core.lesson_mode"));
    isOpen = true;
    return true;
  };

  // A platform that was given a pass mark may judge by the score alone when the session ends, whatever the status says: it
  // gets a score when there is something to judge, and after that no lower one than it would pass by.
  const scoreToKeep = () => {
    if (passMark === "") return score();
    if (status === "incomplete") return null;
    return status === "passed" ? Math.max(score(), scoreKept) : score();
  };

  const sessionTime = () => {
    const seconds = Math.min((Date.now() - opened) / 1000, 9999 * 3600);
    const two = (number) => String(number).padStart(2, "0");
    const hundredths = Math.floor(seconds * 100);
    const whole = Math.floor(hundredths / 100);
    return `${String(Math.floor(whole / 3600)).padStart(4, "0")}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}.${two(hundredths % 100)}`;
  };

  const write = () => {
    const set = (what, value) => ask("LMSSetValue", what, String(value));
    // Optional in the standard: a platform may have no place for them.
    set("cmi.core.score.min", 0);
    set("cmi.core.score.max", 100);
    const raw = scoreToKeep();
    const kept = [
      set("cmi.suspend_data", packed()),
      set("cmi.core.lesson_location", here),
      raw === null || set("cmi.core.score.raw", raw),
      set("cmi.core.lesson_status", status),
      set("cmi.core.exit", status === "passed" ? "" : "suspend"),
      set("cmi.core.session_time", sessionTime()),
    ];
    if (status === "passed" && raw !== null) scoreKept = raw;
    return !kept.includes(false);
  };

  const advance = () => {
    settle();
    if (isCompleted()) raise("passed");
    else if (isHandedIn) raise("failed");
  };

  const save = () => {
    const isLate = !isOpen;
    const isConnected = connect();
    advance();
    if (isLate && isConnected) showAnswers();
    if (!api || isLooking) return;
    // What could be written is sent even if something could not.
    const isWritten = isConnected && write();
    if (isConnected && ask("LMSCommit", "") && isWritten) sayKept();
    else sayNotKept();
  };

  let isOver = false;
  const leave = () => {
    if (isOver || !isOpen) return;
    isOver = true;
    if (!isLooking) write();
    ask("LMSFinish", "");
  };
  // The way back in the browser's history may show the page as it was, with a session that has ended.
  const comeBack = (event) => {
    if (!event.persisted || !isOver) return;
    isOver = false;
    isOpen = false;
    opened = Date.now();
    save();
  };

  // -- What the learner is told of the platform --------------------------------------------------------------------------

  const say = (...what) => told.replaceChildren(...what);
  const sayNotKept = () => {
    failures = (failures + 1) % 36 ** 4;
    const again = button("Försök igen", "", () => {
      save();
      if (!told.contains(document.activeElement)) told.focus();
    });
    // Said again only when it is news; the button keeps its focus.
    if (told.querySelector("button")) return;
    say("Det gick inte att spara i lärplattformen. Dina svar finns kvar så länge sidan är öppen. Vi försöker igen nästa gång du svarar eller byter modul. ", again);
  };
  const sayKept = () => {
    if (!isRoomy) say("Du har svarat på fler frågor än lärplattformen kan spara. De första svaren sparas inte.");
    else if (told.querySelector("button")) say("Nu är dina svar sparade i lärplattformen.");
    else say();
  };
  const sayHow = () => {
    if (!api) say("Kursen är inte öppnad i en lärplattform. Du kan läsa och svara, men inget sparas.");
    else if (isLooking) say("Du har öppnat kursen för att titta igenom den. Det du svarar nu sparas inte.");
    else if (told.querySelector("button")) return;
    else if (isStrange) say("Dina tidigare svar gick inte att läsa. Du får svara på frågorna igen.");
    else if (answers.size > 0) say("Välkommen tillbaka. Dina tidigare svar finns kvar.");
  };

  // -- Answering ---------------------------------------------------------------------------------------------------------

  const counted = (number, one, more) => `${number} ${number === 1 ? one : more}`;
  const standing = (module) => {
    const all = module.questions.length;
    if (all === 0) return "Modulen har inga frågor.";
    const right = `${rightIn(module.questions)} av ${counted(all, "fråga", "frågor")} rätt.`;
    if (done.has(module.slug)) return `Modulen är klar. ${right}`;
    const left = all - module.questions.filter(isAnswered).length;
    return `${right} Du behöver ${needed(module)}.${left === 0 ? "" : ` ${counted(left, "fråga är obesvarad", "frågor är obesvarade")}.`}`;
  };

  const labelOf = (question, number) => question.form.querySelector(`[value="${number}"]`).labels[0].textContent.trim();
  const onChoice = (question, number, word) =>
    element("li", "", element("p", "", element("strong", "", `${word}: `), labelOf(question, number)), html(question.feedback[number - 1]));
  const onChoices = (question, answer, isAllRight) => {
    const chosen = numbers(answer);
    const right = numbers(question.right);
    const lines = question.feedback.flatMap((_, at) => {
      const number = at + 1;
      if (chosen.includes(number)) return [onChoice(question, number, right.includes(number) ? "Rätt" : "Fel")];
      // What was rightly left out is told of when there is nothing left to find.
      return isAllRight ? [onChoice(question, number, "Rätt att inte välja")] : [];
    });
    const isMissing = right.some((number) => !chosen.includes(number));
    return [element("ul", "", ...lines), isMissing ? element("p", "", "Minst ett rätt svar saknas.") : ""];
  };
  // What the author says of an answer.
  const onAnswer = (question, answer, isAllRight) => {
    switch (question.kind) {
      case "enval":
        return [element("p", "", element("strong", "", "Du svarade: "), labelOf(question, answer)), html(question.feedback[answer - 1])];
      case "flerval":
        return onChoices(question, answer, isAllRight);
      case "fall":
        return [html(walk(question, numbers(answer)).at(-1).html)];
      default:
        return [html(isAllRight ? question.whenRight : question.whenWrong)];
    }
  };

  const showFeedback = (question) => {
    const answer = answers.get(question.key);
    const isAllRight = isRight(question, answer);
    question.reply.className = `feedback ${isAllRight ? "right" : "wrong"}`;
    question.reply.replaceChildren(
      element("p", "verdict", isAllRight ? "Rätt svar." : "Fel svar. Du kan svara igen."),
      ...onAnswer(question, answer, isAllRight),
      element("div", "ground", element("p", "", element("strong", "", "Grund:")), " ", html(question.ground)),
      element("p", "progress", standing(moduleOf(question))),
      question.kind === "fall" ? button("Gör om fallet", "quiet", () => startCase(question)) : "",
    );
  };
  const clearFeedback = (question) => {
    question.reply.className = "feedback";
    question.reply.replaceChildren();
    for (const control of question.form.querySelectorAll(`[aria-describedby="${question.reply.id}"]`)) control.removeAttribute("aria-describedby");
  };
  // An answer that is not whole is none: the learner is led to what is missing, and hears why.
  const askFor = (question, control, text) => {
    clearFeedback(question);
    question.reply.className = "feedback fault";
    question.reply.append(element("p", "", text));
    control.setAttribute("aria-describedby", question.reply.id);
    control.focus();
  };

  const take = (question, answer) => {
    answers.set(question.key, answer);
    advance();
    clearFeedback(question);
    showFeedback(question);
    showStanding();
    question.reply.focus();
    // Last: a slow platform does not keep the learner from the answer.
    save();
  };

  const answerWithChoices = (question) => {
    const chosen = [...question.form.querySelectorAll("input:checked")].map((input) => Number(input.value));
    if (chosen.length > 0) take(question, chosen.sort((a, b) => a - b).join(","));
    else askFor(question, question.form.querySelector("input"), question.kind === "enval" ? "Välj ett svar först." : "Välj minst ett svar först.");
  };

  // In the order in which the author wrote the parts, which is not the order they stand in.
  const selects = (question) => Array.from({ length: question.parts }, (_, at) => question.form.elements[`del-${at + 1}`]);
  const answerWithPlaces = (question) => {
    const shown = [...question.form.querySelectorAll("select")];
    const empty = shown.find((select) => select.value === "");
    const twice = shown.find((select, at) => shown.slice(0, at).some((other) => other.value === select.value));
    const isOrder = question.kind === "ordning";
    if (empty) askFor(question, empty, isOrder ? "Välj en plats för varje del." : "Välj något i varje lista.");
    else if (twice) askFor(question, twice, isOrder ? "Två delar har fått samma plats. Varje plats kan bara användas en gång." : "Du har valt samma sak två gånger. Allt ska användas en gång.");
    else take(question, selects(question).map((select) => select.value).join(","));
  };

  // A case: the steps already taken, and the one to choose in.
  const way = new Map(questions.filter(({ kind }) => kind === "fall").map(({ key }) => [key, []]));
  const idOf = (question, what) => `spelare-${what}-${questions.indexOf(question) + 1}`;
  const choicesOf = (question, step, number) => {
    const choices = step.choices.map((choice, at) => {
      const input = element("input");
      Object.assign(input, { type: "radio", name: "svar", value: at + 1, id: idOf(question, `val-${number}-${at + 1}`) });
      const label = element("label", "", html(choice.html));
      label.htmlFor = input.id;
      return element("div", "choice", input, label);
    });
    const set = element("fieldset", "", element("legend", "", `Steg ${number}. Vad väljer du?`), ...choices);
    set.setAttribute("aria-describedby", idOf(question, `steg-${number}`));
    return [set, element("button", "", "Välj")];
  };
  const showCase = (question) => {
    const chosen = way.get(question.key);
    // An ending is told as feedback.
    const steps = walk(question, chosen).filter((step) => !step.outcome);
    const shown = steps.map((step, at) => {
      const text = element("div", "step", html(step.html));
      text.id = idOf(question, `steg-${at + 1}`);
      text.tabIndex = -1;
      const choice = step.choices[chosen[at] - 1];
      if (!choice) return element("li", "", text, ...choicesOf(question, step, at + 1));
      return element("li", "", text, element("p", "chosen", element("strong", "", "Du valde: "), html(choice.html)));
    });
    question.form.querySelector("[data-steps]").replaceChildren(element("ol", "steps", ...shown));
  };
  const showStep = (question) => {
    showCase(question);
    [...question.form.querySelectorAll(".step")].at(-1).focus();
  };
  const startCase = (question) => {
    way.set(question.key, []);
    clearFeedback(question);
    showStep(question);
  };
  const chooseInCase = (question) => {
    const input = question.form.querySelector("input:checked");
    if (!input) {
      askFor(question, question.form.querySelector("input"), "Välj något först.");
      return;
    }
    const chosen = [...way.get(question.key), Number(input.value)];
    way.set(question.key, chosen);
    clearFeedback(question);
    if (outcome(question, chosen.join(",")) === undefined) {
      showStep(question);
    } else {
      showCase(question);
      take(question, chosen.join(","));
    }
  };

  const submit = { enval: answerWithChoices, flerval: answerWithChoices, ordning: answerWithPlaces, para: answerWithPlaces, fall: chooseInCase };
  const listen = (question) => {
    question.reply.id ||= idOf(question, "aterkoppling");
    // A browser may bring back what was marked before the page was loaded again.
    question.form.reset();
    // Not the form's own event: it never comes in a frame in which the platform allows no forms. Enter presses the button too.
    question.form.addEventListener("click", (event) => {
      if (!event.target.closest("button")) return;
      event.preventDefault();
      submit[question.kind](question);
    });
    if (question.kind === "fall") showCase(question);
  };

  const mark = (question) => {
    const chosen = numbers(answers.get(question.key));
    if (question.kind === "fall") {
      way.set(question.key, chosen);
      showCase(question);
    } else if (question.parts) {
      for (const [at, select] of selects(question).entries()) select.value = chosen[at];
    } else {
      for (const input of question.form.querySelectorAll("input")) input.checked = chosen.includes(Number(input.value));
    }
  };
  const showAnswers = () => {
    for (const question of questions.filter(isAnswered)) {
      mark(question);
      showFeedback(question);
    }
    showStanding();
  };

  // -- Going from module to module ---------------------------------------------------------------------------------------

  const outline = document.querySelector("[data-contents]");
  const title = document.title;
  const result = { name: "Resultat", place: element("section", "module result") };
  const pages = [...modules, result];
  let page = modules[0];
  let here = modules[0].slug;

  const label = (made) => {
    const heading = made.place.querySelector("h1");
    heading.id ||= `spelare-rubrik-${pages.indexOf(made) + 1}`;
    made.place.setAttribute("aria-labelledby", heading.id);
  };
  const short = (module) => {
    if (module.questions.length === 0) return "";
    return done.has(module.slug) ? "klar" : `${rightIn(module.questions)} av ${module.questions.length} rätt`;
  };

  const handIn = () => {
    isHandedIn = true;
    advance();
    showStanding();
    result.text.focus();
    save();
  };
  const paragraphs = (first, ...more) => [element("p", "verdict", first), ...more.map((text) => element("p", "", text))];
  const onResult = () => {
    const percent = `${score()} procent av svaren är rätt.`;
    const left = questions.filter((question) => !isAnswered(question)).length;
    if (isCompleted()) return paragraphs(`Du är klar med kursen. ${percent}`, "Du kan stänga kursen.");
    if (status === "passed") return paragraphs("Du är redan godkänd på kursen.", "Alla moduler är inte klara här, men du behöver inte göra mer.");
    if (left > 0) return paragraphs(`${counted(left, "fråga är obesvarad", "frågor är obesvarade")}.`, "Du är klar med kursen när alla moduler är klara.");
    if (isHandedIn) {
      return paragraphs(`Du har lämnat in, men är inte godkänd. ${percent}`, "Du kan gå tillbaka och svara igen. När alla moduler är klara blir du godkänd.");
    }
    const ways = paragraphs("Du har svarat på alla frågor, men har inte tillräckligt många rätt i alla moduler.", "Gå tillbaka och svara igen, så kan du bli godkänd.");
    if (!api || isLooking) return ways;
    const offer = "Du kan också lämna in som det är. Då står det i lärplattformen att du inte är godkänd. Du kan fortsätta svara efteråt.";
    return [...ways, element("p", "", offer), button("Lämna in", "", handIn)];
  };
  const showStanding = () => {
    for (const module of modules) {
      module.standing.textContent = standing(module);
      module.state.textContent = short(module);
    }
    for (const question of questions) {
      for (const line of question.reply.querySelectorAll(":scope > .progress")) line.textContent = standing(moduleOf(question));
    }
    result.text.replaceChildren(...onResult());
    result.list.replaceChildren(...modules.map((module) => element("li", "", element("strong", "", `${module.name}: `), standing(module))));
  };

  const pager = element("nav", "pager");
  pager.setAttribute("aria-label", "Föregående och nästa");
  const pageButton = (word, to, className) => {
    if (!to) return "";
    const made = button("", className, () => turnTo(to));
    made.append(element("span", "", `${word}:`), ` ${to.name}`);
    return made;
  };
  const showPager = () => {
    const at = pages.indexOf(page);
    pager.replaceChildren(pageButton("Föregående", pages[at - 1], "quiet"), pageButton("Nästa", pages[at + 1], "next"));
  };
  const show = (to) => {
    page = to;
    here = to.slug ?? here;
    for (const other of pages) {
      other.place.hidden = other !== to;
      if (other === to) other.link.setAttribute("aria-current", "page");
      else other.link.removeAttribute("aria-current");
    }
    document.title = `${to.name} – ${title}`;
    showPager();
  };
  const turnTo = (to) => {
    show(to);
    to.place.focus({ preventScroll: true });
    to.place.scrollIntoView();
    save();
  };

  const furnish = () => {
    told.tabIndex = -1;
    result.text = element("div");
    result.text.tabIndex = -1;
    result.list = element("ul");
    result.place.tabIndex = -1;
    result.place.append(element("h1", "", "Resultat"), result.text, element("h2", "", "Modulerna"), result.list);
    for (const module of modules) {
      module.standing = element("p", "progress");
      module.place.append(module.standing);
    }
    main.append(result.place, pager);
    for (const made of pages) {
      label(made);
      made.state = element("span", "state");
      made.link = button("", "", () => turnTo(made));
      made.link.append(made.name, " ", made.state);
      outline.append(element("li", "", made.link));
    }
  };

  const start = () => {
    furnish();
    for (const question of questions) listen(question);
    connect();
    advance();
    showAnswers();
    show(modules.find((module) => module.slug === placeKept) ?? modules[0]);
    save();
    sayHow();
  };

  addEventListener("pagehide", leave);
  addEventListener("pageshow", comeBack);
  start();
})();
