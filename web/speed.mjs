// How fast the page is, beside the command line on the same files.
//   cargo run --release --example many_files -- FOLDER 1000 && node web/speed.mjs FOLDER
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { choose, close, memory, onPage, path } from "./tests/browser.mjs";

const folder = resolve(process.argv[2]);
const first = join(folder, readdirSync(folder, { recursive: true }).find((name) => name.endsWith(".fit")));
const print = (what, value) => console.log(`${what.padEnd(56)} ${value}`);
print("size of the page", `${(statSync(path("web/dist/rehabrun.html")).size / 1e6).toFixed(2)} MB`);

await onPage(async (page) => {
  const ready = await page.evaluate(() => performance.getEntriesByName("ready")[0].startTime);
  print("from opening to ready", `${(ready / 1000).toFixed(2)} s`);
  const bytes = [...readFileSync(first)];
  const taken = await page.evaluate(async (bytes) => {
    const begun = performance.now();
    await takeRuns([{ path: "run.fit", file: new File([new Uint8Array(bytes)], "run.fit") }]);
    const shown = () => document.querySelector("iframe")?.contentDocument?.querySelector(".sentence");
    while (!shown()) await new Promise((resolve) => setTimeout(resolve, 1));
    return performance.now() - begun;
  }, bytes);
  print(`from ${basename(first)} dropped to its report`, `${(taken / 1000).toFixed(2)} s`);
});

await onPage(async (page) => {
  await page.evaluate(() => {
    globalThis.longest = 0;
    // Until the event the browser makes its list of files, and nothing of the page runs.
    let chosen = Infinity;
    addEventListener("input", () => { chosen = Math.min(chosen, performance.now()); }, true);
    new PerformanceObserver((list) => {
      for (const { startTime, duration } of list.getEntries()) globalThis.longest = Math.max(globalThis.longest, startTime + duration - Math.max(startTime, chosen));
    }).observe({ type: "longtask" });
  });
  page.setDefaultTimeout(300_000);
  let most = 0;
  const sampling = setInterval(async () => { most = Math.max(most, await memory()); }, 200);
  const begun = performance.now();
  await choose(page, "Choose a folder", folder);
  await page.locator("tbody tr").first().waitFor();
  const seconds = (performance.now() - begun) / 1000;
  const n = await page.locator("h1").innerText();
  print(`${n} from choice to list`, `${seconds.toFixed(1)} s`);
  clearInterval(sampling);
  print("most memory of the page's process meanwhile", `${Math.round(most / 1e6)} MB`);
  print("longest task of the page meanwhile", `${Math.round(await page.evaluate(() => globalThis.longest))} ms`);
});

const program = process.env.REHABRUN ?? path("target/release/rehabrun");
const begun = performance.now();
try {
  execFileSync(program, ["audit", basename(folder), "--no-cache", "--format", "jsonl"], { cwd: dirname(folder), stdio: "ignore" });
} catch {
  // Its exit code tells the verdicts.
}
print("the same files by the command line, all cores", `${((performance.now() - begun) / 1000).toFixed(1)} s`);
await close();
