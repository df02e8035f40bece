// The engine of the page says what the command line says, byte for byte.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { after, test } from "node:test";
import { choose, close, corpus, hasCorpus, onPage, path, program, saved, setPace } from "./browser.mjs";

after(close);

/** JSON and CSV of a folder, by both. */
async function same(folder) {
  const [above, name] = [dirname(folder), basename(folder)];
  await onPage(async (page) => {
    page.setDefaultTimeout(300_000);
    await setPace(page, "6:30");
    await choose(page, "Choose a folder", folder);
    await page.locator("tbody tr").first().waitFor();
    for (const [button, format] of [["JSON", "json"], ["CSV", "csv"]]) {
      const here = (await saved(page, button)).bytes;
      const there = program(above, "audit", name, "--easy-pace", "6:30/km", "--no-cache", "--format", format);
      if (!here.equals(there)) {
        const at = there.findIndex((byte, n) => byte !== here[n]);
        assert.fail(`${format} differs at byte ${at}:\n  program ${there.subarray(at - 200, at + 200)}\n  page    ${here.subarray(at - 200, at + 200)}`);
      }
    }
  });
}

test("fixtures", () => same(path("fixtures")));
test("corpus", { skip: hasCorpus ? false : "no corpus" }, () => same(join(corpus, "files")));
