// Makes the pictures of the page in the README anew, from synthetic runs: node web/picture.mjs, after web/test.sh.
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { choose, close, onPage, path, program, report } from "./tests/browser.mjs";

const work = mkdtempSync(join(tmpdir(), "rehabrun-picture-"));
program(work, "demo", "runs");
const patients = join(work, "patients");
for (const [folder, name, runs] of [["anna", "Anna", ["easy-run-walk", "turned-half-way"]], ["ben", "Ben", ["long-easy-run"]], ["carla", "Carla", ["easy-run-walk"]]]) {
  mkdirSync(join(patients, folder), { recursive: true });
  writeFileSync(join(patients, folder, "athlete.toml"), `name = "${name}"\n[rehab]\nstarted = 2026-06-15\nplan = "kinetic-revolution"\n[ceiling]\neasy_pace = "6:07/km"\neasy_pace_from = "physio"\n`);
  for (const run of runs) cpSync(join(work, "runs", `${run}.fit`), join(patients, folder, `${run}.fit`));
}

await onPage(async (page) => {
  await page.getByRole("button", { name: "Try a synthetic run" }).click();
  await (await report(page)).locator("figure.chart svg:visible").waitFor();
  await page.waitForTimeout(300);
  await page.screenshot({ path: path("docs/browser.png") });
}, { width: 1000 });

/** One picture of each state on a screen of a width. */
async function states(width, dark, wanted) {
  const pictures = [];
  await onPage(async (page) => {
    const take = async (state) => {
      if (!wanted.includes(state)) return;
      await page.waitForTimeout(300);
      pictures.push(`data:image/png;base64,${(await page.screenshot()).toString("base64")}`);
    };
    await take("empty");
    await page.getByRole("button", { name: "Try a synthetic run" }).click();
    await (await report(page)).locator("figure.chart svg:visible").waitFor();
    await take("run");
    await page.getByRole("link", { name: "← All runs" }).click();
    await page.locator("tbody tr").first().waitFor();
    await take("runs");
    await page.locator("header").getByRole("link", { name: "Weeks" }).click();
    await (await report(page)).locator("h1").waitFor();
    await take("weeks");
    await page.getByRole("link", { name: "rehabrun", exact: true }).click();
    await choose(page, "Choose the patients' folder", patients);
    await (await report(page)).locator("table.patients").waitFor();
    await take("clinic");
  }, { width, dark });
  return pictures;
}

const wide = [...await states(1280, false, ["empty", "clinic"]), ...await states(1280, true, ["weeks"])];
const narrow = [...await states(390, false, ["empty", "run", "runs"]), ...await states(390, true, ["run", "weeks"])];
await onPage(async (page) => {
  const row = (pictures, width) => `<div style="display:flex;gap:16px;margin:0 0 16px">${pictures.map((picture) => `<img src="${picture}" style="width:${width}px;border:1px solid #c5ccd4;border-radius:8px">`).join("")}</div>`;
  await page.setContent(`<body style="margin:16px;background:#fff">${row(wide, 448)}${row(narrow, 262)}</body>`);
  await page.screenshot({ path: path("docs/browser-states.png"), fullPage: true });
}, { width: 1410 });
rmSync(work, { recursive: true });
await close();
