// The checks. Each gets an open page and answers what is wrong, or nothing.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** The policy is there, names hashes only, and the page's style and script live under it. */
export async function policy(page) {
  const content = await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute("content");
  if (!content.startsWith("default-src 'none'")) return `policy: ${content}`;
  if (/unsafe|https?:|\*/.test(content)) return `policy lets more in: ${content}`;
  return page.evaluate(() => {
    if (document.querySelector("[style]")) return "a style attribute";
    for (const element of document.querySelectorAll("*")) {
      const handler = [...element.attributes].find((attribute) => /^on/i.test(attribute.name));
      if (handler) return `a handler: ${handler.name}`;
    }
    if (getComputedStyle(document.body).display === "inline") return "the style did not apply";
    return document.fonts.check('600 15px Inter') ? "" : "the font did not load";
  });
}

/** No text reaches out of its box, and the page does not scroll sideways. */
export async function fits(page) {
  await page.evaluate(() => document.fonts.ready);
  return page.evaluate(outside);
}

/** The same with the bundled font taken away. */
export async function fitsWithoutFont(page) {
  const left = await page.evaluate(() => {
    for (const sheet of document.styleSheets) {
      for (let at = sheet.cssRules.length - 1; at >= 0; at -= 1) {
        if (sheet.cssRules[at].type === CSSRule.FONT_FACE_RULE) sheet.deleteRule(at);
      }
    }
    return document.fonts.size;
  });
  if (left) return `${left} fonts are left`;
  return page.evaluate(outside);
}

/** In the browser: what overflows. */
function outside() {
  const view = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth > view + 1) {
    const wide = [...document.querySelectorAll("main *, header *, nav *")].find((element) => {
      const box = element.getBoundingClientRect();
      return box.right > view + 1 && box.width > 0 && !element.closest(".scroll, .canvas, pre");
    });
    return `the page is ${document.documentElement.scrollWidth} px wide: ${wide?.outerHTML.slice(0, 200)}`;
  }
  for (const cell of document.querySelectorAll("td, th, dt, dd, li, p, h1, h2, h3, h4, label, button")) {
    if (cell.closest(".lines, svg")) continue;
    if (cell.scrollWidth > cell.clientWidth + 1 && cell.clientWidth > 0 && getComputedStyle(cell).display !== "inline") {
      return `text leaves its box: ${cell.textContent.slice(0, 120)}`;
    }
  }
  // Pictures: text stays in the box of its part.
  for (const part of document.querySelectorAll(".canvas svg [data-kind=node], .canvas svg [data-kind=label], .canvas svg [data-kind=boundary]")) {
    const box = part.querySelector("[data-role=shape]")?.getBoundingClientRect();
    if (!box?.width) return `a ${part.dataset.kind} without a box: ${part.textContent}`;
    for (const text of part.querySelectorAll("text")) {
      const own = text.getBoundingClientRect();
      const out = own.left < box.left - 1 || own.right > box.right + 1 || own.top < box.top - 2 || own.bottom > box.bottom + 2;
      if (out) return `text leaves its ${part.dataset.kind}: ${text.textContent}`;
    }
  }
  return "";
}

/** No text of a figure is under 9 px without a way to enlarge it in reach, and the way works. */
export async function readable(page) {
  const sizes = () =>
    page.evaluate(() =>
      [...document.querySelectorAll(".figure")].map((figure) => {
        const svg = figure.querySelector(".canvas svg");
        if (!svg) return null;
        const scale = svg.getBoundingClientRect().width / (svg.viewBox.baseVal.width || 1);
        const texts = [...svg.querySelectorAll("text")].map((text) => parseFloat(getComputedStyle(text).fontSize));
        const zoom = figure.querySelector(".zoom");
        return {
          least: Math.min(...texts, 99) * scale,
          zoom: zoom !== null && getComputedStyle(zoom).display !== "none",
        };
      }),
    );
  const before = await sizes();
  for (const [at, figure] of before.entries()) {
    if (!figure || figure.least >= 8.99) continue;
    if (!figure.zoom) return `figure ${at + 1}: ${figure.least.toFixed(1)} px and no zoom`;
    await page.locator(".figure").nth(at).locator(".full").check();
    const after = (await sizes())[at];
    if (after.least < 8.99) return `figure ${at + 1}: ${after.least.toFixed(1)} px at full size`;
  }
  return "";
}

/** A badge in a picture leads to its card, and the card leads back to the picture. */
export async function badges(page) {
  const badge = page.locator('.canvas svg a[href^="#"]').first();
  if (!(await badge.count())) return "";
  const href = await badge.getAttribute("href");
  await badge.focus();
  await page.keyboard.press("Enter");
  if (!page.url().endsWith(href)) return `${href} was not followed`;
  const card = page.locator(`[id="${href.slice(1)}"]`);
  if (!(await inView(card))) return `${href} is not shown`;
  const back = card.locator('a[href^="#view-"], a[href^="#badge-"]').first();
  if (!(await back.count())) return /^#[GDT]/.test(href) ? `${href} does not lead back to a figure` : "";
  await back.click();
  const figure = page.locator(`[id="${(await back.getAttribute("href")).slice(1)}"]`);
  if (!(await inView(figure))) return "the figure is not shown";
  await page.goBack();
  return (await inView(card)) ? "" : "back does not lead to the card";
}

async function inView(locator) {
  // Scrolling by a link ends within a frame or two.
  await locator.page().waitForTimeout(100);
  const box = await locator.boundingBox();
  const { height } = locator.page().viewportSize();
  return box !== null && box.y < height && box.y + box.height > 0;
}

/** The dialog opens, zooms, closes with Escape and gives the picture and the focus back. */
export async function fullWindow(page) {
  const button = page.locator(".figure .tools button").first();
  if (!(await button.count())) return "";
  await button.focus();
  await page.keyboard.press("Enter");
  const picture = page.locator("dialog svg").first();
  const before = (await picture.boundingBox()).width;
  await page.locator("dialog button", { hasText: "Larger" }).click();
  if (!((await picture.boundingBox()).width > before)) return "Larger does not enlarge";
  await page.keyboard.press("Escape");
  await page.waitForTimeout(50);
  if (await page.locator("dialog").count()) return "Escape does not close";
  if (!(await page.locator(".figure .canvas svg").count())) return "the picture did not come back";
  const focused = await page.evaluate(() => document.activeElement?.textContent);
  return focused === "Open in full window" ? "" : `focus went to ${focused}`;
}

/** Every link inside the page has its target. */
export async function links(page) {
  return page.evaluate(() => {
    const lost = [...document.querySelectorAll('a[href^="#"]')].filter((link) => {
      const id = decodeURIComponent(link.getAttribute("href").slice(1));
      return !document.getElementById(id) && !document.getElementById(link.getAttribute("href").slice(1));
    });
    return lost.length ? `${lost.length} lost, first ${lost[0].getAttribute("href")}` : "";
  });
}

/** Without script everything is there, and an answer shows its lines. */
export async function withoutScript(page) {
  if (!(await page.locator("#first-page").isVisible())) return "no first page";
  const chapters = page.locator(".chapter");
  for (let at = 0; at < (await chapters.count()); at += 1) {
    if (!(await chapters.nth(at).isVisible())) return `chapter ${at + 1} is not shown`;
  }
  const answer = page.locator(".answer:has(.paste)").first();
  if (!(await answer.count())) return "";
  await answer.locator("input").check();
  return (await answer.locator(".paste").isVisible()) ? "" : "the lines of the answer are not shown";
}

/** Chosen answers gather as lines under one key. */
export async function answers(page) {
  const groups = page.locator("fieldset:has(.paste)");
  if (!(await groups.count())) return "";
  const chosen = Math.min(await groups.count(), 2);
  for (let at = 0; at < chosen; at += 1) await groups.nth(at).locator("input").first().check();
  const text = await page.locator("#answer-lines").inputValue();
  if (!text.startsWith("facts:\n")) return `lines: ${text}`;
  if (text.match(/^facts:/gm).length !== 1) return "the key occurs twice";
  const odd = text.trimEnd().split("\n").slice(1).find((line) => !/^  (- \{|#)/.test(line));
  if (odd !== undefined) return `not an item under the key: ${odd}`;
  await page.locator("#clear-answers").click();
  return (await page.locator("#answer-lines").inputValue()) === "" ? "" : "the answers are not cleared";
}

/** On paper the first page is one sheet, and each figure is whole: kept together and not larger than a sheet. */
export async function paper(page) {
  const pdf = await page.pdf({ preferCSSPageSize: true });
  if (!pdf.subarray(0, 5).equals(Buffer.from("%PDF-"))) return "no PDF";
  await page.emulateMedia({ media: "print" });
  const problem = (landscape, width, height) =>
    page.evaluate(
      ([landscape, width, height]) => {
        if (document.documentElement.scrollWidth > width + 1) return `${document.documentElement.scrollWidth} px wide`;
        for (const figure of document.querySelectorAll(".figure")) {
          if (figure.classList.contains("landscape") !== landscape) continue;
          if (getComputedStyle(figure).breakInside !== "avoid") return "a figure may break";
          const box = figure.querySelector(".canvas svg")?.getBoundingClientRect();
          if (box && (box.height > height || box.width > width + 1)) {
            return `${figure.id}: ${Math.round(box.width)} × ${Math.round(box.height)} px`;
          }
        }
        return "";
      },
      [landscape, width, height],
    );
  // A4 less the margins of the page rule: 178 × 259 mm upright, 265 × 172 mm lying.
  const sheet = await page.evaluate(() => {
    const first = document.querySelector("#first-page").getBoundingClientRect();
    return first.bottom - document.querySelector(".cover").getBoundingClientRect().top;
  });
  if (sheet > 979) return `the first page is ${Math.round(sheet)} px high, a sheet 979`;
  const upright = await problem(false, 673, 979);
  if (upright) return `upright: ${upright}`;
  await page.setViewportSize({ width: 1002, height: 650 });
  const lying = await problem(true, 1002, 650);
  return lying ? `lying: ${lying}` : "";
}

/** No payload ran, and the payloads can be read. */
export async function hostile(page) {
  await page.waitForTimeout(300);
  const ran = await page.evaluate(() => window.pwned);
  if (ran !== undefined) return `payload ${ran} ran`;
  return page.evaluate(() => {
    if (document.querySelectorAll("script").length !== 1) return "a script was added";
    if (document.querySelector("iframe, object, img, embed")) return "foreign markup was added";
    if (document.querySelector('a[href^="javascript:" i], a[*|href^="javascript:" i]')) return "a script link";
    if (/[\u202a-\u202e\u2066-\u2069]/.test(document.documentElement.textContent)) return "text may be turned";
    return document.body.textContent.includes("window.pwned=4") ? "" : "a payload is not shown as text";
  });
}

/** Tab alone visits every control that is shown, in order, and each shows where the focus is. */
export async function keyboard(page) {
  const wanted = await page.evaluate(() => {
    const controls = [...document.querySelectorAll('a[href], button, input, summary, textarea, [tabindex="0"]')];
    const shown = controls.filter((control) => {
      if (control.closest("[hidden]")) return false;
      if (control.type === "radio") {
        // The group is one stop.
        return control === document.querySelector(`input[name="${control.name}"]`);
      }
      return control.checkVisibility({ visibilityProperty: true });
    });
    shown.forEach((control, at) => (control.dataset.stop = at));
    return shown.length;
  });
  const seen = new Set();
  const most = Math.min(wanted, 600);
  for (let step = 0; step < most + 5; step += 1) {
    await page.keyboard.press("Tab");
    const at = await page.evaluate(() => {
      const active = document.activeElement;
      const outline = getComputedStyle(active).outlineStyle;
      if (active !== document.body && outline === "none") return `no focus ring: ${active.outerHTML.slice(0, 120)}`;
      return active.dataset?.stop ?? (active.type === "radio" ? "radio" : "");
    });
    if (at.startsWith("no focus ring")) return at;
    if (at !== "") seen.add(at);
    if (seen.size >= most) break;
  }
  return seen.size >= most ? "" : `${seen.size} of ${most} controls were reached`;
}

/** No violation of axe's rules. */
export async function accessible(page) {
  await page.evaluate(axe);
  const found = await page.evaluate(async () => {
    const result = await window.axe.run(document, { resultTypes: ["violations"] });
    return result.violations.map(
      (violation) => `${violation.id} (${violation.nodes.length}): ${violation.nodes[0].html.slice(0, 160)}`,
    );
  });
  return found.join("\n");
}
