// The engine of the page says what the command line says, byte for byte.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
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

test("text in other encodings, which the browser decodes for the engine", async () => {
  const folder = mkdtempSync(join(tmpdir(), "rehabrun-text-"));
  try {
    const gpx = readFileSync(path("fixtures/gpx/phone.gpx"), "utf8").replace(/<\?xml[^>]*\?>/, "").replace(/<name>[^<]*<\/name>/g, "").replace("<trk>", "<trk><name>@</name>");
    assert.match(gpx, /<name>@<\/name>/);
    const names = {
      gbk: [0xc5, 0xdc, 0xb2, 0xbd], Shift_JIS: [0x83, 0x89, 0x83, 0x93], "EUC-KR": [0xb4, 0xde, 0xb8, 0xae, 0xb1, 0xe2], "windows-1251": [0xe1, 0xe5, 0xe3],
      latin1: [0xe9, 0x80, 0x81], gb18030: [0x81, 0x30, 0x81, 0x30, 0xff], big5: [0xb6, 0x5d, 0xff, 0x41], "utf-8": [0xe9, 0x41], "iso-2022-jp": [0x1b, 0x24, 0x42, 0x30], "no-such": [0xc3, 0xa9],
    };
    for (const [label, bytes] of Object.entries(names)) {
      const [before, after] = `<?xml version="1.0" encoding="${label}"?>${gpx}`.split("@");
      writeFileSync(join(folder, `${label}.gpx`), Buffer.concat([Buffer.from(before), Buffer.from(bytes), Buffer.from(after)]));
    }
    await same(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
