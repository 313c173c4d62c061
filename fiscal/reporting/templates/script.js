// What the reader chose, kept as long as the browser keeps it: a page from a disk may not be allowed to.
const kept = {
  get: (key) => { try { return localStorage.getItem(`fiscal-${key}`) || ""; } catch { return ""; } },
  set: (key, value) => { try { localStorage.setItem(`fiscal-${key}`, value); } catch { /* for this page only */ } },
};
const dark = document.getElementById("dark");
const asTheSystem = dark.media;
const colour = (choice) => { dark.media = { light: "not all", dark: "screen" }[choice] || asTheSystem; };
colour(kept.get("colours"));

document.addEventListener("DOMContentLoaded", () => {
  "use strict";
  document.querySelectorAll(".control, .search, #toggle").forEach((control) => { control.hidden = false; });

  const colours = document.getElementById("colours");
  if (colours) {
    colours.value = kept.get("colours");
    colours.addEventListener("change", () => {
      kept.set("colours", colours.value);
      colour(colours.value);
    });
  }

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

  // What fits into its place needs no stop of the Tab key.
  const places = [...document.querySelectorAll("[role=group][tabindex]")];
  const fit = new ResizeObserver((entries) => entries.forEach(({ target }) => {
    target.tabIndex = target.scrollWidth > target.clientWidth ? 0 : -1;
  }));
  places.forEach((place) => fit.observe(place));

  // The other language opens at the section that is read here: headings have the same ids there.
  const section = () => {
    const top = (heading) => heading.getBoundingClientRect().top;
    const asked = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (asked && top(asked) >= 0 && top(asked) < window.innerHeight) return location.hash;
    const above = [...document.querySelectorAll("main .heading > [id]")].filter((heading) => top(heading) < 120).pop();
    return above ? `#${above.id}` : location.hash;
  };
  document.querySelectorAll("a.switch").forEach((link) => {
    const point = () => { link.hash = section(); };
    link.addEventListener("mousedown", point);
    link.addEventListener("click", point);
  });

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
});
