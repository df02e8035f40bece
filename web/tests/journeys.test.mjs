// The journeys of a runner and of a physio.
import assert from "node:assert/strict";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { accessible, choose, close, memory, onPage, path, program, report, saved, served, setPace, shot, withoutScript } from "./browser.mjs";

const work = mkdtempSync(join(tmpdir(), "rehabrun-page-"));
after(async () => {
  rmSync(work, { recursive: true });
  await close();
});

const RUN = path("fixtures/fit/fast-run-walk.fit");

/** A folder of three patients: one with runs, one with a fault in the runner's file, one without a run. */
function patients() {
  const root = join(work, "patients");
  for (const [folder, toml] of [["anna", 'name = "Anna Berg"\n[rehab]\nstarted = 2026-06-08\n[ceiling]\neasy_pace = "6:07/km" # from JD\n'], ["bernd", "[ceiling]\neasy_hr = 400\n"], ["clara", 'name = "Clara"\n[ceiling]\neasy_hr = 145\n']]) {
    mkdirSync(join(root, folder, "2026"), { recursive: true });
    writeFileSync(join(root, folder, "athlete.toml"), toml);
  }
  for (const file of ["run-walk.fit", "fast-run-walk.fit"]) cpSync(path(`fixtures/fit/${file}`), join(root, "anna/2026", file));
  writeFileSync(join(root, "anna", "broken.fit"), "no activity");
  cpSync(RUN, join(root, "bernd", "run.fit"));
  cpSync(RUN, join(root, "loose.fit"));
  // Pages that the command line wrote are no patient.
  mkdirSync(join(root, "pages"), { recursive: true });
  writeFileSync(join(root, "pages", ".rehabrun-pages"), "index.html\n");
  writeFileSync(join(root, "pages", "index.html"), "");
  return root;
}

test("from the first page to the first verdict, with a synthetic run", () => onPage(async (page) => {
  await page.getByRole("button", { name: "Try a synthetic run" }).click();
  const frame = await report(page);
  assert.match(await frame.locator(".sentence").innerText(), /the easy run became intervals/);
  assert.equal(await frame.locator("figure.chart svg:visible").count(), 1);
}));

for (const where of ["file", "host"]) {
  test(`a runner's own file, from a ${where}`, async () => {
    const journey = async (url) => onPage(async (page) => {
      await choose(page, "Choose files", [RUN]);
      await report(page);
      assert.match(await page.locator("form").innerText(), /Without an easy ceiling this run cannot be judged/);
      await setPace(page, "6:07");
      const frame = await report(page);
      await frame.locator(".verdict.over").waitFor();
      const { name, bytes } = await saved(page, "Save page");
      assert.equal(name, "fast-run-walk.html");
      assert.match(bytes.toString(), /<p class="sentence">/);
    }, url ? { url } : {});
    if (where === "file") await journey();
    else await served(journey);
  });
}

test("a setting that cannot be is told beside its field", () => onPage(async (page) => {
  await page.getByLabel("Easy heart rate").fill("400");
  await page.getByRole("button", { name: "Use it" }).click();
  await page.locator(".problem").waitFor();
  assert.match(await page.locator(".problem").innerText(), /Easy heart rate cannot be used[\s\S]*between 30 and 240 bpm/);
  assert.equal(await page.getByLabel("Easy heart rate").getAttribute("aria-invalid"), "true");
  await accessible(page, "a fault in the form");
}));

test("several files: worst first, weeks, a broken one and a hostile name among good ones", () => onPage(async (page) => {
  await setPace(page, "6:07");
  const hostile = `<img src=x onerror=alert(1)>\u202e.fit`;
  const files = [
    { name: "easy.fit", mimeType: "", buffer: readFileSync(path("fixtures/fit/run-walk.fit")) },
    { name: hostile, mimeType: "", buffer: readFileSync(RUN) },
    { name: "broken.fit", mimeType: "", buffer: Buffer.from("no activity") },
  ];
  await choose(page, "Choose files", files);
  await page.locator("tbody tr").first().waitFor();
  const rows = await page.locator("tbody tr").allInnerTexts();
  assert.equal(rows.length, 3);
  assert.match(rows[0], /Disguised intervals/);
  assert.match(rows.join("\n"), /broken.fit\s+not an activity file: its content is neither FIT nor GPX nor TCX/);
  assert.equal(await page.locator("img").count(), 0);
  await page.locator("header").getByRole("link", { name: "Weeks" }).click();
  const weeks = await report(page);
  await weeks.locator("h1").waitFor();
  await page.goBack();
  await page.locator("tbody tr").first().waitFor();
  await page.locator("tbody a").first().click();
  await (await report(page)).locator(".verdict.over").waitFor();
  await page.reload();
  await page.getByRole("heading", { name: "Did your easy run stay easy?" }).waitFor();
}));

test("a file that breaks the engine costs that file alone", () => onPage(async (page) => {
  const file = (name) => ({ name, mimeType: "", buffer: readFileSync(RUN) });
  await choose(page, "Choose files", [file("a.fit"), file("trap.fit"), file("b.fit")]);
  await page.locator("tbody tr").first().waitFor();
  const rows = (await page.locator("tbody tr").allInnerTexts()).join("\n");
  assert.match(rows, /trap.fit\s+internal error: the engine stopped/);
  assert.equal(rows.match(/internal error/g).length, 1);
  assert.equal(rows.match(/Cannot tell/g).length, 2);
}, {
  // The engine has no file that breaks it, so the worker is made to meet one.
  before: () => {
    const Real = Blob;
    const trap = `;{ const ask = Instance.prototype.ask; Instance.prototype.ask = function (header, bytes) {
      if (header.do === "audit" && header.path === "trap.fit" && !header.failed) throw new WebAssembly.RuntimeError("unreachable");
      return ask.call(this, header, bytes); }; }`;
    globalThis.Blob = class extends Real {
      constructor(parts, options) { super(options?.type === "text/javascript" ? [...parts, trap] : parts, options); }
    };
  },
}));

test("cancel keeps what is done", () => onPage(async (page) => {
  const bytes = readFileSync(RUN);
  const files = Array.from({ length: 300 }, (_, n) => ({ name: `${n}.fit`, mimeType: "", buffer: bytes }));
  const [chooser] = await Promise.all([page.waitForEvent("filechooser"), page.getByRole("button", { name: "Choose files" }).click()]);
  await chooser.setFiles(files);
  await page.waitForFunction(() => Number(document.querySelector("#work:not([hidden]) progress")?.getAttribute("value")) >= 3);
  await accessible(page, "working");
  await shot(page, "working-1280");
  await page.getByRole("button", { name: "Cancel" }).click();
  await page.getByRole("heading", { name: /\d+ files/ }).waitFor();
  const n = Number((await page.locator("h1").innerText()).split(" ")[0]);
  assert.ok(n >= 3 && n < 300, `${n} files`);
}));

test("remembered settings come back, and forgotten ones do not", () => served((url) => onPage(async (page) => {
  await page.getByRole("link", { name: "Settings" }).click();
  await page.getByLabel("Easy pace").fill("10:30/mi");
  await page.getByLabel("First day of rehab").fill("2026-09-07");
  await page.getByRole("button", { name: "Remember on this computer" }).click();
  await page.getByText("Remembered on this computer.").first().waitFor();
  await page.reload();
  await page.waitForSelector("html[data-ready]");
  await page.getByLabel("Easy pace").waitFor();
  assert.equal(await page.getByLabel("Easy pace").inputValue(), "10:30/mi");
  assert.equal(await page.getByLabel("First day of rehab").inputValue(), "2026-09-07");
  await page.getByRole("button", { name: "Forget all" }).click();
  await page.getByText("Everything is forgotten.").first().waitFor();
  assert.equal(await page.evaluate(() => localStorage.length), 0);
  await page.reload();
  await page.waitForSelector("html[data-ready]");
  assert.equal(await page.getByLabel("Easy pace").inputValue(), "");
}, { url })));

test("a physio's folder: the table, a patient's weeks, a run, and back", () => onPage(async (page) => {
  const root = patients();
  await choose(page, "Choose the patients' folder", root);
  const table = await report(page);
  await table.locator("table.patients").waitFor();
  const text = await table.locator("main").innerText();
  assert.match(text, /bernd[\s\S]*athlete\.toml cannot be used: line 2: a heart rate is between 30 and 240 bpm/);
  assert.match(text, /1 activity beside the folders of the patients/);
  const printed = JSON.parse(program(work, "clinic", "patients", "--format", "json").toString());
  const order = await table.locator("tr.numbers th").allInnerTexts();
  assert.deepEqual(order, printed.patients.map((one) => one.athlete ?? one.folder));
  await accessible(page, "clinic");
  await table.getByRole("link", { name: "Anna Berg" }).click();
  await page.getByRole("link", { name: "← All patients" }).first().waitFor();
  const weeks = await report(page);
  await weeks.getByRole("link", { name: /2026/ }).last().click();
  await page.getByRole("link", { name: "← Anna Berg" }).waitFor();
  await (await report(page)).locator(".sentence").waitFor();
  await page.goBack();
  await (await report(page)).getByRole("heading", { level: 1 }).waitFor();
  await page.locator(".bar").getByRole("link", { name: "Settings" }).click();
  await page.getByLabel("Easy pace").fill("7:00");
  const { name, bytes } = await saved(page, "Save as athlete.toml");
  assert.equal(name, "athlete.toml");
  assert.match(bytes.toString(), /easy_pace = "7:00\/km" # from JD/);
  await page.getByRole("button", { name: "Use these settings" }).click();
  await report(page);
}));

test("a report prints on its own", () => onPage(async (page) => {
  await page.getByRole("button", { name: "Try a synthetic run" }).click();
  await report(page);
  assert.equal(await page.getByRole("button", { name: "Print or PDF" }).count(), 1);
  const html = (await saved(page, "Save page")).bytes.toString();
  await page.setContent(html.replace(/<meta http-equiv[^>]*>/, ""));
  const pdf = await page.pdf({ format: "A4" });
  assert.equal(pdf.subarray(0, 5).toString(), "%PDF-");
}));

test("with the keyboard alone", () => onPage(async (page) => {
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "Skip to the content");
  for (let n = 0; n < 12 && !(await page.evaluate(() => document.activeElement.textContent === "Try a synthetic run")); n++) await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await report(page);
}));

const SCREENS = [...[390, 820, 1280].flatMap((width) => [{ width }, { width, dark: true }]), { width: 1920 }, { width: 1280, zoom: 2 }];
for (const { width, dark = false, zoom = 1 } of SCREENS) {
  test(`every state at ${width} px${dark ? ", dark" : ""}${zoom > 1 ? `, at ${zoom * 100} %` : ""}: nothing runs over, axe finds nothing`, () => onPage(async (page) => {
    const look = async (state) => {
      await shot(page, `${state}-${width}${dark ? "-dark" : ""}${zoom > 1 ? "-zoomed" : ""}`);
      for (const frame of page.frames()) {
        const over = await frame.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        assert.ok(over <= 1, `${state} runs over by ${over} px`);
      }
      await accessible(page, state);
    };
    await look("empty");
    await page.getByRole("button", { name: "Try a synthetic run" }).click();
    await (await report(page)).locator(".sentence").waitFor();
    await look("run");
    await page.getByRole("link", { name: "← All runs" }).click();
    await page.locator("tbody tr").first().waitFor();
    await look("runs");
    await page.locator("header").getByRole("link", { name: "Weeks" }).click();
    await (await report(page)).locator("h1").waitFor();
    await look("weeks");
    await page.locator("header").getByRole("link", { name: "Settings" }).click();
    await page.locator("form").waitFor();
    await look("settings");
    await page.getByRole("link", { name: "rehabrun", exact: true }).click();
    await choose(page, "Choose the patients' folder", patients());
    await (await report(page)).locator("table.patients").waitFor();
    await look("clinic");
    await (await report(page)).getByRole("link", { name: "Anna Berg" }).click();
    await page.getByRole("link", { name: "← All patients" }).first().waitFor();
    await (await report(page)).locator("h1").waitFor();
    await look("patient");
    await page.getByRole("link", { name: "rehabrun", exact: true }).click();
    await choose(page, "Choose files", [{ name: "broken.fit", mimeType: "", buffer: Buffer.from("no activity") }]);
    await (await report(page)).locator("[role=alert]").waitFor();
    await look("error");
  }, { width, dark, zoom }));
}

test("an old browser is told what it lacks", () => onPage(async (page) => {
  assert.match(await page.locator(".problem").innerText(), /too old[\s\S]*lacks DecompressionStream[\s\S]*use Chrome/);
}, { waits: ".problem", before: () => { delete globalThis.DecompressionStream; } }));

test("without script the page says what it is", () => withoutScript(async (page) => {
  assert.match(await page.locator("main").innerText(), /whether an easy run stayed easy.*needs JavaScript/);
}));

test("the page stays small enough for a mail", () => {
  const bytes = readFileSync(path("web/dist/rehabrun.html")).length;
  assert.ok(bytes <= 1.3e6, `${bytes} bytes`);
});

test("many files stay under 500 MB", () => onPage(async (page) => {
  const bytes = readFileSync(RUN);
  const folder = join(work, "many");
  mkdirSync(folder);
  for (let n = 0; n < 1000; n++) writeFileSync(join(folder, `${n}.fit`), bytes);
  page.setDefaultTimeout(300_000);
  let most = 0;
  const sampling = setInterval(async () => { most = Math.max(most, await memory().catch(() => 0)); }, 200);
  try {
    await choose(page, "Choose a folder", folder);
    await page.getByRole("heading", { name: "1000 files" }).waitFor();
  } finally {
    clearInterval(sampling);
  }
  assert.ok(most < 500e6, `${Math.round(most / 1e6)} MB`);
}));
