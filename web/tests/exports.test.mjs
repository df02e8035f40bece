// Exports of makers: whole, unpacked, and too large to keep.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { choose, close, example, memory, onPage, path, program, report, saved, setPace } from "./browser.mjs";

const work = mkdtempSync(join(tmpdir(), "rehabrun-exports-"));
after(async () => {
  rmSync(work, { recursive: true });
  await close();
});

/** The members of a zip archive as files below a folder, by the archive's own list. */
function unpack(archive, folder) {
  execFileSync("python3", ["-c", "import sys, zipfile; zipfile.ZipFile(sys.argv[1]).extractall(sys.argv[2])", archive, folder]);
}

/** The JSON of what was chosen, by the page and by the command line. */
async function same(page, name) {
  const here = (await saved(page, "JSON")).bytes.toString();
  const there = program(work, "audit", name, "--easy-pace", "6:30/km", "--no-cache", "--format", "json").toString();
  assert.equal(here, there);
  return JSON.parse(here);
}

test("an Apple Health export of 200 MB, as a zip and unpacked with its routes beside it", async () => {
  example("apple_export", "200", join(work, "export.zip"));
  unpack(join(work, "export.zip"), join(work, "unpacked"));
  // A run of its own lies beside the routes, and one route that the export does not name.
  const routes = join(work, "unpacked/apple_health_export/workout-routes");
  writeFileSync(join(routes, "strange.gpx"), readFileSync(join(routes, "route_0.gpx"), "utf8").replaceAll("2026-06", "2026-05"));
  await onPage(async (page) => {
    page.setDefaultTimeout(300_000);
    let most = 0;
    const sampling = setInterval(async () => { most = Math.max(most, await memory().catch(() => 0)); }, 200);
    await setPace(page, "6:30");
    await choose(page, "Choose files", [join(work, "export.zip")]);
    await page.locator("tbody tr").first().waitFor();
    clearInterval(sampling);
    assert.ok(most < 500e6, `${Math.round(most / 1e6)} MB`);
    await same(page, "export.zip");
    await page.getByRole("link", { name: "rehabrun", exact: true }).click();
    await choose(page, "Choose a folder", join(work, "unpacked"));
    await page.locator("tbody tr").first().waitFor();
    const { files } = await same(page, "unpacked");
    const runs = files.filter(({ status }) => status === "audited");
    assert.equal(runs.length, 5, "four workouts with their routes, and the run beside them");
    assert.ok(runs.every(({ sessions: [{ bouts }] }) => bouts.some(({ position }) => position !== null)), "each has its places");
  });
});

for (const name of ["adidas-running", "apple-health", "fitbit", "google-health", "runkeeper", "samsung-health", "samsung-legacy"]) {
  test(`${name}: as a zip and unpacked, what the command line says of both`, () => onPage(async (page) => {
    const zip = path(`fixtures/exports/${name}.zip`);
    copyFileSync(zip, join(work, `${name}.zip`));
    unpack(zip, join(work, name));
    await setPace(page, "6:30");
    for (const [button, chosen] of [["Choose files", `${name}.zip`], ["Choose a folder", name]]) {
      await choose(page, button, button === "Choose files" ? [join(work, chosen)] : join(work, chosen));
      await page.getByRole("button", { name: "JSON" }).waitFor();
      const { files } = await same(page, chosen);
      assert.ok(files.some(({ status }) => status === "audited"), chosen);
      await page.getByRole("link", { name: "rehabrun", exact: true }).click();
    }
  }));
}

test("a member that is not kept is read again from its archive when its page is opened", async () => {
  const folder = join(work, "hours");
  example("many_files", folder, "12", "20");
  execFileSync("python3", ["-c", "import shutil, sys; shutil.make_archive(sys.argv[1], 'zip', sys.argv[2])", join(work, "inner"), folder]);
  mkdirSync(join(work, "outer"));
  execFileSync("python3", ["-c", "import sys, zipfile; z = zipfile.ZipFile(sys.argv[1], 'w'); z.write(sys.argv[2], 'parts/inner.zip')", join(work, "outer.zip"), join(work, "inner.zip")]);
  for (const archive of ["inner.zip", "outer.zip"]) {
    await onPage(async (page) => {
      await page.evaluate(() => { pool.room = 0; });
      await setPace(page, "6:30");
      await choose(page, "Choose files", [join(work, archive)]);
      await page.locator("tbody tr").nth(11).waitFor();
      const { files } = await same(page, archive);
      for (const n of [0, 5, 11]) {
        await page.evaluate((n) => { location.hash = `#/run/${n}`; }, n);
        const frame = await report(page);
        await frame.getByRole("heading", { level: 1, name: files[n].sessions[0].name }).waitFor();
        assert.equal(await frame.locator("figure.chart svg:visible").count(), 1);
      }
    });
  }
});
