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
  // A note stays inside the window; Escape puts it away without moving the focus.
  const place = (fact) => {
    const note = fact.querySelector(".note");
    note.style.setProperty("--shift", "0px");
    fact.classList.remove("dismissed");
    const box = note.getBoundingClientRect();
    const over = Math.max(0, box.right - document.documentElement.clientWidth + 8);
    note.style.setProperty("--shift", `${-Math.min(over, box.left - 8)}px`);
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
