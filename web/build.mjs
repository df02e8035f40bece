// Puts style, scripts and engine into one page, and names the hash of each script and style in its policy.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const here = new URL(".", import.meta.url);
const read = (path) => readFileSync(new URL(path, here), "utf8");
const sha256 = (text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

const engine = readFileSync(new URL("target/wasm32-unknown-unknown/release/rehabrun_web.wasm", here));
const report = { style: read("../src/render/html/style.css"), script: read("../src/render/html/hover.js") };
const worker = ["page/instance.js", "page/worker.js"].map(read).join("\n");
const script = `"use strict";\n${["page/dom.js", "page/files.js", "page/pool.js", "page/settings.js", "page/main.js"].map(read).join("\n")}`;
// What prints a report belongs to the report; the page around it has its own.
const style = `${report.style.split("@media print")[0]}\n${read("page/style.css")}`;
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

const parts = { policy, style, script, worker, tool: `rehabrun ${version}`, engine: gzipSync(engine, { level: 9 }).toString("base64") };
if ([script, worker].some((text) => text.includes("</script"))) throw new Error("a script ends early");
const page = read("page/index.html").replace(/\{\{(\w+)\}\}/g, (_, name) => parts[name]);
mkdirSync(new URL("dist", here), { recursive: true });
writeFileSync(new URL("dist/rehabrun.html", here), page);
console.log(`web/dist/rehabrun.html: ${(page.length / 1e6).toFixed(2)} MB, its engine ${(engine.length / 1e6).toFixed(2)} MB`);
