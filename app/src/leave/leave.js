// Deferred: Shift pressed and released three times, at most five seconds apart, leaves the site.
// It clicks the exit link, whose click guard.js handles: one way out, whatever starts it.
(() => {
  const link = document.querySelector("[data-leave]");
  if (!link) return;
  const status = document.querySelector(".leave [role=status]");
  const hint = document.querySelector(".leave [hidden]");
  const says = ["", "Tryck Skift två gånger till för att lämna sidan", "Tryck Skift en gång till för att lämna sidan"];
  let presses = 0;
  let armed = false;
  let timer;

  const count = (number) => {
    presses = number;
    status.textContent = says[number];
    if (hint) hint.hidden = number > 0;
    clearTimeout(timer);
    if (number) timer = setTimeout(count, 5000, 0);
  };
  // Capitals, shortcuts, Shift-click and Shift-scroll are something else than a cry for the way out.
  const reset = () => {
    armed = false;
    if (presses) count(0);
  };

  addEventListener("keydown", (event) => {
    if (event.repeat && event.key === "Shift") return;
    if (event.key === "Shift" && !event.ctrlKey && !event.altKey && !event.metaKey) armed = true;
    else reset();
  });
  // The left and the right key are one: both held at once count as one press.
  addEventListener("keyup", (event) => {
    if (event.key !== "Shift" || !armed) return;
    armed = false;
    if (presses === 2) link.click();
    else count(presses + 1);
  });
  addEventListener("pointerdown", reset);
  addEventListener("wheel", reset, { passive: true });
  addEventListener("blur", reset);

  // Only now does the promise hold, so only now is it shown.
  count(0);
})();
