import { readFileSync } from "node:fs";
import { chromium } from "playwright-core";
const PAGE = "file:///work/c/web/dist/rehabrun.html";
const wait = Number(process.argv[3] ?? 0);
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
const bytes = [...readFileSync(process.argv[2])];
for (let n = 0; n < 3; n++) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  await browser.startTracing(page, { categories: ["toplevel", "devtools.timeline", "blink.user_timing", "disabled-by-default-devtools.timeline", "v8", "v8.wasm", "disabled-by-default-v8.compile","disabled-by-default-v8.wasm.detailed"] });
  await page.goto(PAGE);
  await page.waitForSelector("html[data-ready]");
  const ready = await page.evaluate(() => performance.getEntriesByName("ready")[0].startTime);
  await page.waitForTimeout(wait);
  await page.evaluate(() => { globalThis.longest = 0; new PerformanceObserver((list) => { for (const e of list.getEntries()) globalThis.longest = Math.max(globalThis.longest, e.duration); }).observe({ type: "longtask" }); });
  const taken = await page.evaluate(async (bytes) => {
    const file = new File([new Uint8Array(bytes)], "run.fit");
    await new Promise((r) => setTimeout(r, 50));
    performance.mark("drop");
    const begun = performance.now();
    await takeRuns([{ path: "run.fit", file }]);
    const shown = () => document.querySelector("iframe")?.contentDocument?.querySelector(".sentence");
    while (!shown()) await new Promise((resolve) => setTimeout(resolve, 1));
    performance.mark("shown");
    return performance.now() - begun;
  }, bytes);
  await page.waitForTimeout(300);
  const longest = await page.evaluate(() => globalThis.longest);
  const trace = JSON.parse((await browser.stopTracing()).toString());
  const ev = trace.traceEvents;
  const mark = ev.find((e) => e.name === "drop" && e.cat.includes("user_timing"));
  const end = ev.find((e) => e.name === "shown" && e.cat.includes("user_timing"));
  const main = ev.filter((e) => e.pid === mark.pid && e.tid === mark.tid && e.ph === "X");
  const tasks = main.filter((e) => /RunTask/.test(e.name));
  const since = (e) => ((e.ts - mark.ts) / 1000).toFixed(0);
  console.log(`ready ${ready.toFixed(0)} drop ${taken.toFixed(0)} longest ${longest.toFixed(0)}`);
  if (n === 2) {
    for (const t of tasks.filter((e) => e.tdur > 15000).sort((a, b) => a.ts - b.ts)) {
      const inner = main.filter((e) => e !== t && e.ts >= t.ts && e.ts + e.dur <= t.ts + t.dur && e.tdur > 4000);
      console.log(`  task at ${since(t)}: wall ${(t.dur / 1000).toFixed(0)} cpu ${(t.tdur / 1000).toFixed(0)}: ${inner.slice(0, 14).map((e) => `${e.name} ${(e.tdur / 1000).toFixed(0)}`).join(", ")}`);
    }
    const names = {}; for (const e of ev) if (e.name === "thread_name") names[`${e.pid}:${e.tid}`] = e.args.name;
    const by = {};
    for (const e of ev.filter((e) => e.ph === "X" && e.pid === mark.pid && e.ts >= mark.ts && e.ts <= end.ts && !/RunTask|ThreadPool|ThreadController/.test(e.name))) { const k = `${names[`${e.pid}:${e.tid}`]} ${e.name}`; by[k] = (by[k] ?? 0) + (e.tdur ?? e.dur); }
    console.log(Object.entries(by).sort((a, b) => b[1] - a[1]).slice(0, 24).map(([k, v]) => `    ${k} ${(v / 1000).toFixed(1)}`).join("\n"));
  }
  await context.close();
}
await browser.close();
