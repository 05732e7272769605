// The page reads without this script. With it: a figure opens in a full window, the lines of chosen
// answers gather in one place, and long tables get a filter.
"use strict";
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const make = (tag, text, attributes = {}) => {
    const element = document.createElement(tag);
    element.textContent = text;
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    return element;
  };

  // Figures: the picture moves into a dialog and back.
  for (const figure of all(".figure")) {
    const canvas = figure.querySelector(".canvas");
    const picture = canvas?.querySelector("svg");
    if (!picture) continue;
    const open = make("button", "Open in full window", { type: "button" });
    figure.querySelector(".tools").append(open);
    open.addEventListener("click", () => {
      const dialog = make("dialog", "", { "aria-label": canvas.getAttribute("aria-label") });
      const bar = make("div", "", { class: "bar tools" });
      const stage = make("div", "", { class: "canvas", tabindex: "0", role: "group", "aria-label": "Picture" });
      const full = picture.viewBox.baseVal.width || picture.getBoundingClientRect().width;
      let width = full;
      const show = (next) => {
        width = Math.min(Math.max(next, 120), full * 4);
        picture.style.width = `${width}px`;
        picture.style.minWidth = "0";
        picture.style.maxWidth = "none";
      };
      const button = (text, act) => {
        const made = make("button", text, { type: "button" });
        made.addEventListener("click", act);
        bar.append(made);
        return made;
      };
      const fit = () => {
        const box = picture.viewBox.baseVal;
        const byHeight = box.height ? (stage.clientHeight * box.width) / box.height : full;
        show(Math.min(stage.clientWidth, byHeight));
      };
      const close = button("Close", () => dialog.close());
      button("Larger", () => show(width * 1.25));
      button("Smaller", () => show(width / 1.25));
      button("Whole picture", fit);
      button("Full size", () => show(full));
      dialog.append(bar, stage);
      document.body.append(dialog);
      stage.append(picture);
      dialog.addEventListener("close", () => {
        picture.removeAttribute("style");
        canvas.append(picture);
        dialog.remove();
        open.focus();
      });
      dialog.addEventListener("keydown", (event) => {
        if (event.key === "+" || event.key === "=") show(width * 1.25);
        if (event.key === "-") show(width / 1.25);
      });
      // A badge leads out of the dialog to its finding.
      dialog.addEventListener("click", (event) => {
        if (event.target.closest("a")) dialog.close();
      });
      dialog.showModal();
      fit();
      if (width < full * 0.86) show(full);
      close.focus();
    });
  }

  // Answers: the lines of those chosen, under one key.
  const box = document.querySelector(".answers");
  if (box) {
    const text = box.querySelector("textarea");
    const inputs = all(".answer input");
    const gather = () => {
      const chosen = inputs.filter((input) => input.checked);
      const lines = chosen.map((input) => input.parentElement.querySelector(".paste")?.textContent ?? "");
      const items = lines.map((line) => line.replace(/^facts:[^\S\n]*\n/, "").trimEnd()).filter(Boolean);
      text.value = items.length ? `facts:\n${items.join("\n")}\n` : "";
      box.hidden = chosen.length === 0;
    };
    inputs.forEach((input) => input.addEventListener("change", gather));
    box.querySelector("#clear-answers").addEventListener("click", () => {
      inputs.forEach((input) => (input.checked = false));
      gather();
      document.querySelector("#questions-title")?.scrollIntoView();
    });
    box.querySelector("#copy-answers").addEventListener("click", async () => {
      text.select();
      const copied = await navigator.clipboard?.writeText(text.value).then(() => true, () => false);
      box.querySelector("#copied").textContent = copied ? "Copied." : "Selected: press Ctrl+C or ⌘C.";
    });
    gather();
  }

  // Long tables: rows that hold the words.
  for (const scroll of all(".chapter .scroll:has(> table)")) {
    const rows = all("tbody tr", scroll);
    if (rows.length < 25) continue;
    const label = make("label", "Filter rows ", { class: "filter" });
    const input = make("input", "", { type: "search" });
    const found = make("span", "", { role: "status" });
    label.append(input, " ", found);
    scroll.before(label);
    const words = rows.map((row) => row.textContent.toLowerCase());
    input.addEventListener("input", () => {
      const wanted = input.value.toLowerCase().split(/\s+/).filter(Boolean);
      let shown = 0;
      rows.forEach((row, at) => {
        row.hidden = !wanted.every((word) => words[at].includes(word));
        if (!row.hidden) shown += 1;
      });
      found.textContent = wanted.length ? `${shown} of ${rows.length}` : "";
    });
  }

  // A link into a folded or filtered part opens it.
  const reveal = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    let changed = false;
    for (let at = target; at; at = at.parentElement) {
      if (at.tagName === "DETAILS" && !at.open) changed = at.open = true;
      if (at.hidden) { at.hidden = false; changed = true; }
    }
    if (changed) target.scrollIntoView();
  };
  addEventListener("hashchange", reveal);
  reveal();
})();
