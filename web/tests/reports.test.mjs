// The reports that the program writes, in Chromium: axe finds nothing, and nothing is cut off without a cue.
// web/reports.sh runs this file alone; of real runs too where REHABRUN_CORPUS names a folder of them.
import assert from "node:assert/strict";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { after, before, test } from "node:test";
import { close, corpus, hasCorpus, onDocument, path, program, shot, violations } from "./browser.mjs";

const folder = mkdtempSync(join(tmpdir(), "rehabrun-reports-"));
const pages = {};

// A runner with a plan, an exception and symptoms; one whose files are odd or damaged; one without a ceiling.
const ATHLETE = `name = "A. Runner"
[rehab]
started = 2026-06-15
plan = "kinetic-revolution"
[ceiling]
easy_pace = "6:07/km"
easy_hr = 145
[[allow]]
rule = "speed-before-week-13"
from = 2026-06-19
to = 2026-06-19
reason = "strides agreed"
[[symptom]]
date = 2026-06-15
during = 1
after = 2
next_day = 1
[[symptom]]
date = 2026-06-17
during = 3
after = 6
next_day = 4
site = "left shin"
note = "stiff in the morning"
`;

before(() => {
  const clinic = join(folder, "clinic");
  mkdirSync(clinic, { recursive: true });
  program(folder, "demo", join(clinic, "runner"), "-q");
  writeFileSync(join(clinic, "runner", "athlete.toml"), ATHLETE);
  const copy = (folder, ...names) => {
    mkdirSync(join(clinic, folder));
    for (const name of names) cpSync(path(`fixtures/${name}`), join(clinic, folder, basename(name)));
  };
  copy("odd files", "fit/pauses.fit", "fit/no-clock.fit", "fit/cadence-lock.fit", "fit/damaged/cut-short.fit", "fit/damaged/chained.fit", "fit/workout.fit");
  writeFileSync(join(clinic, "odd files", "athlete.toml"), '[ceiling]\neasy_pace = "7:00/km"\neasy_hr = 150\n');
  copy("no ceiling", "gpx/phone.gpx", "gpx/strava.gpx");
  mkdirSync(join(clinic, "empty"));
  const runner = join(clinic, "runner");
  const html = (name, ...args) => {
    pages[name] = join(folder, `${name}.html`);
    program(folder, ...args, "--format", "html", "-o", pages[name]);
  };
  html("run", "audit", join(runner, "disguised-intervals.fit"), "--with-route");
  html("run-fixture", "audit", path("fixtures/fit/pauses.fit"), "--easy-pace", "7:00/km");
  html("several", "audit", clinic, "--with-route");
  html("progress", "progress", runner);
  program(folder, "clinic", clinic, "--format", "html", "-o", join(folder, "pages"));
  pages.clinic = join(folder, "pages", "index.html");
  for (const patient of readdirSync(join(folder, "pages"), { withFileTypes: true }).filter((entry) => entry.isDirectory())) {
    for (const name of readdirSync(join(folder, "pages", patient.name))) pages[`clinic-${patient.name}-${basename(name, ".html")}`] = join(folder, "pages", patient.name, name);
  }
  if (hasCorpus) {
    // Ten runs from all over the folder, with their routes.
    const runs = found(corpus).filter((name) => /\.(fit|gpx|tcx)(\.gz)?$/i.test(name)).sort();
    for (let n = 0; n < 10 && n < runs.length; n += 1) {
      const run = runs[Math.floor((n * runs.length) / 10)];
      html(`real-${n}`, "audit", run, "--with-route", "--easy-pace", "5:40/km", "--easy-hr", "145");
    }
  }
});

after(async () => {
  rmSync(folder, { recursive: true, force: true });
  await close();
});

function found(top) {
  return readdirSync(top, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? found(join(top, entry.name)) : [join(top, entry.name)]));
}

for (const dark of [false, true]) {
  for (const width of [390, 820, 1280]) {
    test(`every report at ${width} px${dark ? ", dark" : ""}: axe finds nothing, nothing runs over`, async () => {
      assert.ok(Object.keys(pages).length > 8, "pages to look at");
      const faults = [];
      for (const [name, file] of Object.entries(pages)) {
        await onDocument(file, { width, dark }, async (page) => {
          await shot(page, `${name}-${width}${dark ? "-dark" : ""}`);
          // What is closed is looked at open.
          await page.evaluate(() => document.querySelectorAll("details").forEach((closed) => { closed.open = true; }));
          for (const fault of [...(await violations(page)), ...(await page.evaluate(runsOver))]) faults.push(`${name}: ${fault}`);
        });
      }
      assert.deepEqual(faults, []);
    });
  }
}

test("a page of one run is under 300 kB", () => {
  for (const [name, file] of Object.entries(pages)) {
    if (/^(run|real|clinic-.*-(?!index))/.test(name)) assert.ok(statSync(file).size < 300_000, `${name}: ${statSync(file).size} bytes`);
  }
});

test("print: the chart takes the width of the sheet", () => onDocument(pages.run, { width: 794 }, async (page) => {
  await page.emulateMedia({ media: "print" });
  const { chart, main } = await page.evaluate(() => {
    const shown = [...document.querySelectorAll("figure.chart svg")].map((svg) => svg.getBoundingClientRect().width).filter((width) => width > 0);
    return { chart: Math.max(...shown), main: document.querySelector("main").getBoundingClientRect().width };
  });
  assert.ok(chart > 0.95 * main, `${chart} of ${main} px`);
}));

/** What is wider than its room and does not scroll, and tables that scroll without a cue. */
function runsOver() {
  const faults = [];
  if (document.documentElement.scrollWidth > innerWidth) faults.push(`the page is ${document.documentElement.scrollWidth} px wide`);
  for (const box of document.querySelectorAll(".scroll, main pre")) {
    if (box.scrollWidth <= box.clientWidth + 1 || box.clientWidth === 0) continue;
    // A cue is the shadow at the edge behind which the table goes on.
    if (!getComputedStyle(box).backgroundImage.includes("gradient")) faults.push(`no cue: ${box.getAttribute("aria-label") ?? box.className}`);
    if (box.tabIndex < 0) faults.push(`cannot be scrolled by keys: ${box.getAttribute("aria-label") ?? box.className}`);
  }
  for (const text of document.querySelectorAll("svg text")) {
    const svg = text.ownerSVGElement.getBoundingClientRect();
    const box = text.getBoundingClientRect();
    if (svg.width > 0 && box.width > 0 && (box.left < svg.left - 1.5 || box.right > svg.right + 1.5)) faults.push(`clipped: ${text.textContent}`);
  }
  return faults;
}
