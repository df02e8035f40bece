// How fast the page is and how much memory it takes, beside the command line on the same files.
//   cargo run --release --example many_files -- HOURS 1000 60
//   node web/speed.mjs HOURS [MORE...]
// of which MORE are folders, archives or exports, each chosen as a whole.
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { loadavg } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { choose, close, memory, onPage, path } from "./tests/browser.mjs";

const [first, ...more] = process.argv.slice(2).map((given) => resolve(given));
const TIMES = 7;
const print = (what, value) => console.log(`${what.padEnd(62)} ${value}`);
const figures = (all) => {
  const sorted = [...all].sort((a, b) => a - b);
  return `${sorted[0].toFixed(0)} ms at best, ${sorted[sorted.length >> 1].toFixed(0)} ms in the middle of ${all.length}`;
};

/** Keeps the longest task of the main thread, and what of it ran after a file had been chosen: until then the browser makes its list of files. */
const watchTasks = () => {
  globalThis.longest = { whole: 0, own: 0 };
  let chosen = Infinity;
  addEventListener("input", () => { chosen = Math.min(chosen, performance.now()); }, true);
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) {
      globalThis.longest.whole = Math.max(globalThis.longest.whole, duration);
      globalThis.longest.own = Math.max(globalThis.longest.own, startTime + duration - Math.max(startTime, chosen));
    }
  }).observe({ type: "longtask" });
};

/** Drops the bytes of a FIT file on the page and waits for its report. */
const drop = async (bytes) => {
  globalThis.longest = { whole: 0, own: 0 };
  const begun = performance.now();
  await takeRuns([{ path: "run.fit", file: new File([new Uint8Array(bytes)], "run.fit") }]);
  const shown = () => document.querySelector("iframe")?.contentDocument?.querySelector(".sentence");
  while (!shown()) await new Promise((resolve) => setTimeout(resolve, 1));
  return performance.now() - begun;
};

async function one(file) {
  const bytes = [...readFileSync(file)];
  const ready = [], atOnce = [], later = [], tasks = [];
  for (let n = 0; n < TIMES; n += 1) {
    await onPage(async (page) => {
      ready.push(await page.evaluate(() => performance.getEntriesByName("ready")[0].startTime));
      await page.evaluate(watchTasks);
      atOnce.push(await page.evaluate(drop, bytes));
      tasks.push(await page.evaluate(() => globalThis.longest.whole));
    });
    await onPage(async (page) => {
      await page.evaluate(watchTasks);
      await page.waitForTimeout(1000);
      later.push(await page.evaluate(drop, bytes));
      await page.waitForTimeout(200);
      tasks.push(await page.evaluate(() => globalThis.longest.whole));
    });
  }
  print("from opening to ready", figures(ready));
  print(`from ${basename(file)} dropped at once to its report`, figures(atOnce));
  print("the same, dropped a second after opening", figures(later));
  print("longest task meanwhile (0: none over 50 ms)", figures(tasks));
}

async function many(chosen) {
  const isFolder = statSync(chosen).isDirectory(), n_bytes = size(chosen);
  let seconds = 0;
  await onPage(async (page) => {
    await page.evaluate(watchTasks);
    page.setDefaultTimeout(1_800_000);
    let most = 0;
    const sampling = setInterval(async () => { most = Math.max(most, await memory()); }, 200);
    const begun = performance.now();
    await choose(page, isFolder ? "Choose a folder" : "Choose files", chosen);
    await page.locator("tbody tr").first().waitFor();
    seconds = (performance.now() - begun) / 1000;
    const heading = await page.locator("h1").innerText();
    await page.waitForTimeout(300);
    clearInterval(sampling);
    print(`${basename(chosen)}, ${(n_bytes / 1e6).toFixed(0)} MB: ${heading}, from choice to list`, `${seconds.toFixed(1)} s`);
    print("  most memory of the page's process meanwhile", `${Math.round(most / 1e6)} MB`);
    const { whole, own } = await page.evaluate(() => globalThis.longest);
    print("  longest task meanwhile, with the browser's list of the files", `${Math.round(whole)} ms, ${Math.round(own)} ms without`);
    const page_at = performance.now();
    await page.locator("tbody a").last().click();
    await page.locator("iframe.report").waitFor();
    print("  from a click on a run to its report", `${((performance.now() - page_at) / 1000).toFixed(2)} s`);
  });
  if (isFolder) print("  the list alone, on a page that does nothing with it", `${await bare(chosen)} ms`);
  const program = process.env.REHABRUN ?? path("target/release/rehabrun");
  for (const [what, jobs] of [["one core", ["-j", "1"]], ["all cores", []]]) {
    const begun = performance.now();
    try {
      execFileSync(program, ["audit", basename(chosen), "--no-cache", "--format", "jsonl", ...jobs], { cwd: dirname(chosen), stdio: "ignore" });
    } catch {
      // Its exit code tells the verdicts.
    }
    const taken = (performance.now() - begun) / 1000;
    print(`  the same by the command line, ${what}`, `${taken.toFixed(1)} s: the page takes ${(seconds / taken).toFixed(1)} times as long`);
  }
}

/** The longest task of a page that has a folder chosen and does nothing with it. */
async function bare(folder) {
  let longest = 0;
  await onPage(async (page) => {
    page.setDefaultTimeout(600_000);
    await page.evaluate(() => document.querySelector("main").replaceChildren(Object.assign(document.createElement("input"), { type: "file", webkitdirectory: true, id: "bare" })));
    await page.evaluate(watchTasks);
    await page.locator("#bare").setInputFiles(folder);
    await page.waitForTimeout(500);
    longest = await page.evaluate(() => globalThis.longest.whole);
  });
  return Math.round(longest);
}

function size(chosen) {
  if (!statSync(chosen).isDirectory()) return statSync(chosen).size;
  return readdirSync(chosen, { recursive: true }).reduce((sum, name) => sum + statSync(join(chosen, name)).size, 0);
}

print("other work on this machine: processes that want a core", loadavg()[0].toFixed(1));
print("size of the page", `${(statSync(path("web/dist/rehabrun.html")).size / 1e6).toFixed(3)} MB`);
await one(join(first, readdirSync(first, { recursive: true }).find((name) => name.endsWith(".fit"))));
for (const chosen of [first, ...more]) await many(chosen);
await close();
