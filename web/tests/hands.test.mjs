// What hands do with the page: drop, paste, print, and take a suggestion.
import assert from "node:assert/strict";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { accessible, choose, close, dropped, example, onPage, path, report, saved, served, setPace, shot } from "./browser.mjs";

const work = mkdtempSync(join(tmpdir(), "rehabrun-hands-"));
after(async () => {
  rmSync(work, { recursive: true });
  await close();
});

const RUN = path("fixtures/fit/fast-run-walk.fit");

for (const where of ["disk", "host"]) test(`a file dropped on the page from a ${where}, and a folder with folders in it`, () => {
  const journey = (url) => onPage(async (page) => {
    await setPace(page, "6:07");
    await dropped(page, [RUN]);
    await (await report(page)).locator(".verdict.over").waitFor();
    const folder = join(work, `dropped-${where}`);
    mkdirSync(join(folder, "2026", "june"), { recursive: true });
    for (const name of ["2026/a.fit", "2026/june/b.fit"]) cpSync(path("fixtures/fit/run-walk.fit"), join(folder, name));
    cpSync(RUN, join(folder, "c.fit"));
    await dropped(page, [folder]);
    await page.locator("tbody tr").nth(2).waitFor();
    assert.equal(await page.locator("tbody tr").count(), 3);
  }, url ? { url } : {});
  return where === "disk" ? journey() : served(journey);
});

test("an own run is not judged by the ceiling of the synthetic ones", () => onPage(async (page) => {
  await page.getByRole("button", { name: "Try a synthetic run" }).click();
  await report(page);
  await page.locator("header").getByRole("link", { name: "Settings" }).click();
  assert.equal(await page.getByLabel("Easy pace").inputValue(), "");
  await page.getByRole("link", { name: "rehabrun", exact: true }).click();
  await choose(page, "Choose files", [RUN]);
  const frame = await report(page);
  assert.match(await page.locator("form").innerText(), /Without an easy ceiling this run cannot be judged/);
  assert.doesNotMatch(await frame.locator("main").innerText(), /Demo Runner|6:07/);
}));

test("a file pasted on the page", () => onPage(async (page) => {
  const bytes = [...readFileSync(RUN)];
  await page.evaluate((bytes) => {
    const clipboardData = new DataTransfer();
    clipboardData.items.add(new File([new Uint8Array(bytes)], "pasted.fit"));
    dispatchEvent(new ClipboardEvent("paste", { clipboardData }));
  }, bytes);
  await (await report(page)).locator(".verdict").waitFor();
}));

test("the button prints the report and not the page around it; the saved page prints on one sheet", () => onPage(async (page) => {
  await page.getByRole("button", { name: "Try a synthetic run" }).click();
  await report(page);
  await page.evaluate(() => {
    globalThis.printed = [];
    for (const [name, window] of [["page", globalThis], ["report", document.querySelector("iframe").contentWindow]]) window.addEventListener("beforeprint", () => globalThis.printed.push(name));
  });
  await page.getByRole("button", { name: "Print or PDF" }).click();
  await page.waitForFunction(() => globalThis.printed.length > 0);
  assert.deepEqual(await page.evaluate(() => globalThis.printed), ["report"]);
  const { name, bytes } = await saved(page, "Save page");
  const file = join(work, name);
  writeFileSync(file, bytes);
  const alone = await page.context().newPage();
  await alone.goto(`file://${file}`);
  const pdf = await alone.pdf({ format: "A4" });
  assert.equal(pdf.subarray(0, 5).toString(), "%PDF-");
  assert.equal(pdf.toString("latin1").match(/\/Type\s*\/Page\b/g)?.length, 1);
  await alone.close();
}));

test("a pace that the runs suggest", async () => {
  const folder = join(work, "season");
  example("many_files", folder, "24", "30");
  rmSync(join(folder, "athlete.toml"));
  await onPage(async (page) => {
    await page.getByRole("button", { name: "Suggest from my runs" }).click();
    await page.getByText("Your runs suggest no pace yet.").waitFor();
    await choose(page, "Choose a folder", folder);
    await page.locator("tbody tr").first().waitFor();
    await page.locator("header").getByRole("link", { name: "Settings" }).click();
    await page.getByRole("button", { name: "Suggest from my runs" }).click();
    await page.getByText(/Your runs suggest 6:\d\d\/km, give or take \d+ %/).waitFor();
    await accessible(page, "a suggestion");
    await shot(page, "suggestion-1280");
    await page.getByRole("button", { name: /^Take 6:/ }).click();
    assert.match(await page.getByLabel("Easy pace").inputValue(), /^6:\d\d\/km$/);
    assert.equal(await page.getByLabel("Who gave it").inputValue(), "guess");
    await page.getByRole("button", { name: "Use these settings" }).click();
    await page.locator("tbody tr").first().waitFor();
    assert.equal(await page.locator("form").count(), 0, "nothing asks for a ceiling any more");
  });
});

test("a runner's own folder: the athlete.toml in it, with what she felt", () => onPage(async (page) => {
  const folder = join(work, "anna");
  mkdirSync(folder);
  for (const name of ["run-walk.fit", "fast-run-walk.fit"]) cpSync(path(`fixtures/fit/${name}`), join(folder, name));
  const toml = 'name = "Anna"\n[rehab]\nstarted = 2026-06-08\n[ceiling]\neasy_pace = "6:07/km"\n[[symptom]]\ndate = 2026-06-15\nduring = 5\nsite = "left shin"\n';
  writeFileSync(join(folder, "athlete.toml"), toml);
  await choose(page, "Choose a folder", folder);
  await page.locator("tbody a").first().click();
  assert.match(await (await report(page)).locator("main").innerText(), /left shin/);
  await page.locator("header").getByRole("link", { name: "Weeks" }).click();
  const weeks = await report(page);
  await weeks.getByText(/left shin/).first().waitFor();
  // A fault in the file is told with its line, and nothing is audited by half of it.
  writeFileSync(join(folder, "athlete.toml"), toml.replace("6:07/km", "soon"));
  await page.getByRole("link", { name: "rehabrun", exact: true }).click();
  await choose(page, "Choose a folder", folder);
  await page.locator(".problem").waitFor();
  assert.match(await page.locator(".problem").innerText(), /athlete\.toml cannot be used[\s\S]*line 5/);
  await accessible(page, "a fault in athlete.toml");
}));
