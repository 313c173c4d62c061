(() => {
  "use strict";
  const toggle = document.getElementById("toggle");
  if (toggle) {
    const show = toggle.textContent;
    toggle.addEventListener("click", () => {
      const pressed = toggle.getAttribute("aria-pressed") !== "true";
      toggle.setAttribute("aria-pressed", String(pressed));
      toggle.textContent = pressed ? toggle.dataset.hide : show;
      document.querySelectorAll(".code").forEach((code) => { code.hidden = !pressed; });
    });
  }
  // A note stands below its number, or above it at the foot of the window; narrow windows keep the strip.
  // Escape puts it away without moving the focus.
  const place = (fact) => {
    const note = fact.querySelector(".note");
    fact.classList.remove("dismissed");
    const wide = document.documentElement.clientWidth > 600;
    note.classList.toggle("placed", wide);
    note.style.left = note.style.top = "";
    if (!wide) return;
    const number = fact.getBoundingClientRect();
    const box = note.getBoundingClientRect();
    const left = Math.min(number.left, document.documentElement.clientWidth - box.width - 8);
    const below = number.bottom + 4;
    const top = below + box.height > window.innerHeight ? number.top - box.height - 4 : below;
    note.style.left = `${Math.max(left, 8)}px`;
    note.style.top = `${Math.max(top, 4)}px`;
  };
  document.querySelectorAll(".fact").forEach((fact) => {
    fact.addEventListener("mouseenter", () => place(fact));
    fact.addEventListener("focus", () => place(fact));
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    document.querySelectorAll(".fact:hover, .fact:focus").forEach((fact) => fact.classList.add("dismissed"));
  });
})();
