// Opens the written pages in a real browser, from disk, and looks at what is shown.
//
//   node run.mjs [FILE.html ..]
//
// Without arguments: the pages of output/, or those that the Rust tests leave in target/tmp/pages, and a
// page built from hostile/ by the binary, when there is one.
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import * as checks from "./checks.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, "../..");
const scratch = mkdtempSync(join(tmpdir(), "planroom-e2e-"));

const pagesIn = (folder) =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true })
        .map((name) => join(folder, name))
        .filter((path) => path.endsWith("index.html"))
        .sort()
    : [];

const binary = ["release", "debug"].map((profile) => join(root, "target", profile, "planroom")).find(existsSync);

/** Pages with what they are: `page`, `large` (many nodes) or `hostile`. */
function subjects() {
  const given = process.argv.slice(2);
  if (given.length) return given.map((path) => ({ path: resolve(path), kind: kindOf(resolve(path)) }));
  let paths = pagesIn(join(root, "output"));
  if (!paths.length) paths = pagesIn(join(root, "target/tmp/pages"));
  const found = paths.map((path) => ({ path, kind: kindOf(path) }));
  if (binary) {
    try {
      execFileSync(binary, ["build", join(here, "hostile"), "-o", scratch], { stdio: "pipe" });
    } catch (error) {
      // Exit code 1 says that there are findings; the page is written all the same.
      if (error.status !== 1) throw error;
    }
    found.push(...pagesIn(scratch).map((path) => ({ path, kind: "hostile" })));
  }
  return found;
}

const kindOf = (path) =>
  path.includes("hostile") ? "hostile" : statSync(path).size > 700_000 ? "large" : "page";

let passed = 0;
const failures = [];

async function check(name, act) {
  try {
    const problem = await act();
    if (problem) throw new Error(problem);
    passed += 1;
  } catch (error) {
    failures.push(name);
    console.log(`FAILED ${name}\n  ${String(error.message ?? error).split("\n").slice(0, 8).join("\n  ")}`);
  }
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox"],
});

/** A fresh page that notes every request, console message, error and dialog. */
async function open(path, { width = 1400, scheme = "light", script = true } = {}) {
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    colorScheme: scheme,
    javaScriptEnabled: script,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const heard = [];
  const self = pathToFileURL(path).href;
  page.on("request", (request) => {
    const url = request.url();
    if (url.split("#")[0] !== self && !url.startsWith("data:")) heard.push(`request ${url}`);
  });
  page.on("console", (message) => heard.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => heard.push(`error: ${error.message}`));
  page.on("dialog", (dialog) => {
    heard.push(`dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
  await page.goto(self);
  return { page, heard, close: () => context.close() };
}

/** Runs one check on a fresh page. */
const on = (name, path, options, act) =>
  check(name, async () => {
    const opened = await open(path, options);
    try {
      const problem = await act(opened.page, opened);
      return problem || (opened.heard.length ? opened.heard.slice(0, 5).join("; ") : "");
    } finally {
      await opened.close();
    }
  });

const found = subjects();
if (!found.length) failures.push("no page to open");
for (const { path, kind } of found) {
  const name = relative(path.startsWith(scratch) ? scratch : root, path);
  const shelf = await isShelf(path);
  await on(`${name}: quiet, under its policy`, path, {}, checks.policy);
  for (const width of [360, 768, 1400]) {
    await on(`${name}: fits ${width} px`, path, { width }, checks.fits);
    await on(`${name}: fits ${width} px without the font`, path, { width }, checks.fitsWithoutFont);
  }
  if (shelf) {
    await on(`${name}: accessible`, path, {}, checks.accessible);
    continue;
  }
  for (const width of [360, 1400]) {
    await on(`${name}: figures readable at ${width} px`, path, { width }, checks.readable);
  }
  await on(`${name}: badge to finding and back`, path, {}, checks.badges);
  await on(`${name}: full window`, path, {}, checks.fullWindow);
  await on(`${name}: links lead somewhere`, path, {}, checks.links);
  await on(`${name}: reads without script`, path, { script: false }, checks.withoutScript);
  await on(`${name}: answers gather`, path, {}, checks.answers);
  await on(`${name}: figures whole on paper`, path, { width: 673 }, checks.paper);
  if (kind === "hostile") await on(`${name}: payloads stay text`, path, {}, checks.hostile);
  if (kind === "large") continue;
  await on(`${name}: keyboard reaches everything`, path, {}, checks.keyboard);
  for (const scheme of ["light", "dark"]) {
    await on(`${name}: accessible, ${scheme}`, path, { scheme }, checks.accessible);
  }
  await on(`${name}: accessible at 360 px`, path, { width: 360 }, checks.accessible);
}

async function isShelf(path) {
  const { page, close } = await open(path);
  const shelf = await page.locator(".shelf").count();
  await close();
  return shelf > 0;
}

await browser.close();
rmSync(scratch, { recursive: true, force: true });
console.log(`${passed} passed, ${failures.length} failed`);
process.exitCode = failures.length ? 1 : 0;
