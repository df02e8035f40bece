// Puts style, scripts and engine into one page, and names the hash of each script and style in its policy.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import zopfli from "@gfx/zopfli";
import { minify } from "terser";

const here = new URL(".", import.meta.url);
const read = (path) => readFileSync(new URL(path, here), "utf8");
const sha256 = (text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

const engine = readFileSync(new URL("target/wasm32-unknown-unknown/release/rehabrun_web.wasm", here));
/** The script without its comments, and with short names for its own; `pool` and `Instance` are the handles that tests take. */
const short = async (text) => (await minify(text, { ecma: 2020, toplevel: true, mangle: { reserved: ["pool", "Instance"] }, compress: { passes: 2 } })).code;
/** The style without its comments and the spaces that mean nothing. */
const tight = (text) => text.replace(/\/\*[^]*?\*\//g, "").replace(/\s+/g, " ").replace(/ ?([{};,]) ?/g, "$1");

/** Bytes as text: a digit that says how many bytes of the last group are none, then eleven of the 94 characters for nine bytes each. */
function base94(bytes) {
  const lacking = (9 - (bytes.length % 9)) % 9;
  const padded = Buffer.concat([bytes, Buffer.alloc(lacking)]);
  let text = String(lacking);
  for (let at = 0; at < padded.length; at += 9) {
    let value = BigInt(`0x${padded.toString("hex", at, at + 9)}`), group = "";
    for (let n = 0; n < 11; n += 1) {
      group = String.fromCharCode(33 + Number(value % 94n)) + group;
      value /= 94n;
    }
    text += group;
  }
  return text;
}

const report = { style: read("../src/render/html/style.css"), script: read("../src/render/html/hover.js") };
const worker = await short(["page/instance.js", "page/worker.js"].map(read).join("\n"));
const script = await short(`"use strict";\n${["page/dom.js", "page/files.js", "page/pool.js", "page/settings.js", "page/main.js"].map(read).join("\n")}`);
// What prints a report belongs to the report; the page around it has its own.
const style = tight(`${report.style.split("@media print")[0]}\n${read("page/style.css")}`);
const version = /^version = "(.*)"$/m.exec(read("../Cargo.toml"))[1];

const policy = [
  "default-src 'none'",
  `script-src ${sha256(script)} ${sha256(report.script)} 'wasm-unsafe-eval'`,
  "worker-src blob:",
  `style-src ${sha256(style)} ${sha256(report.style)}`,
  "style-src-attr 'unsafe-inline'",
  "img-src data: blob:",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

const parts = { policy, style, script, worker, tool: `rehabrun ${version}`, engine: base94(Buffer.from(await zopfli.gzipAsync(engine, { numiterations: 5 }))) };
if ([script, worker, parts.engine].some((text) => /<\/?script/i.test(text))) throw new Error("a script ends early");
const page = read("page/index.html").replace(/\{\{(\w+)\}\}/g, (_, name) => parts[name]);
mkdirSync(new URL("dist", here), { recursive: true });
writeFileSync(new URL("dist/rehabrun.html", here), page);
console.log(`web/dist/rehabrun.html: ${(page.length / 1e6).toFixed(2)} MB, its engine ${(engine.length / 1e6).toFixed(2)} MB`);
