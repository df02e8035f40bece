// What the tests share: the page in Chromium, where no request may leave and no policy may be broken.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

export const path = (inside) => fileURLToPath(new URL(`../../${inside}`, import.meta.url));
export const PAGE = `file://${path("web/dist/rehabrun.html")}`;
export const PROGRAM = path("target/debug/rehabrun");
const AXE = readFileSync(path("web/node_modules/axe-core/axe.min.js"), "utf8");

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
export const close = () => browser.close();

/** Bytes of its own that the largest process of a page holds, workers and all. Zero where the system does not say. */
export async function memory() {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  await session.detach();
  const held = processInfo.filter(({ type }) => type === "renderer").map(({ id }) => {
    try {
      return 1024 * Number(/^RssAnon:\s+(\d+) kB/m.exec(readFileSync(`/proc/${id}/status`, "utf8"))?.[1] ?? 0);
    } catch {
      return 0;
    }
  });
  return Math.max(0, ...held);
}

/** Runs the program of the command line and gives back what it printed, whatever its exit code. */
export function program(cwd, ...args) {
  try {
    return execFileSync(PROGRAM, args, { cwd, maxBuffer: 1 << 30, stdio: ["ignore", "pipe", "ignore"] });
  } catch (failure) {
    return failure.stdout;
  }
}

/** Opens the page, has `use` use it, and checks that nothing left and nothing broke. */
export async function onPage(use, { url = PAGE, width = 1280, dark = false, zoom = 1, waits = "html[data-ready]", before } = {}) {
  // Zoomed in, a page has so much less room, and each of its pixels more of the screen's.
  const viewport = { width: width / zoom, height: 900 / zoom };
  const context = await browser.newContext({ viewport, deviceScaleFactor: zoom, acceptDownloads: true, colorScheme: dark ? "dark" : "light", hasTouch: width < 600 });
  const page = await context.newPage();
  const faults = [];
  page.on("pageerror", (error) => faults.push(error.stack));
  page.on("console", (message) => {
    if (/Content Security Policy|Refused|violat/i.test(message.text()) || message.type() === "error") faults.push(message.text());
  });
  const origin = url.startsWith("http") ? new URL(url).origin : "file://";
  page.on("request", (request) => {
    const known = request.url() === url || request.url().startsWith("blob:") || request.url().startsWith("data:") || request.url() === "about:srcdoc";
    if (!known && !request.url().startsWith(`${origin}/favicon`)) faults.push(`request of ${request.url()}`);
  });
  await page.exposeFunction("policyBroken", (what) => faults.push(`policy: ${what}`));
  await page.addInitScript(() => addEventListener("securitypolicyviolation", (event) => globalThis.policyBroken?.(`${event.violatedDirective} ${event.blockedURI}`)));
  if (before) await page.addInitScript(before);
  try {
    await page.goto(url);
    await page.waitForSelector(waits);
    const result = await use(page);
    assert.deepEqual(faults, []);
    return result;
  } finally {
    await context.close();
  }
}

/** Opens the page where scripts are switched off. */
export async function withoutScript(use) {
  const context = await browser.newContext({ javaScriptEnabled: false });
  try {
    const page = await context.newPage();
    await page.goto(PAGE);
    await use(page);
  } finally {
    await context.close();
  }
}

/** Opens a document that the program wrote, which may ask nobody for anything. */
export async function onDocument(file, { width = 1280, dark = false }, use) {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: dark ? "dark" : "light", hasTouch: width < 600 });
  const page = await context.newPage();
  const faults = [];
  page.on("pageerror", (error) => faults.push(error.stack));
  page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
  page.on("request", (request) => !request.url().startsWith("file://") && !request.url().startsWith("data:") && faults.push(`request of ${request.url()}`));
  try {
    await page.goto(`file://${encodeURI(file)}`);
    await use(page);
    assert.deepEqual(faults, [], file);
  } finally {
    await context.close();
  }
}

/** Chooses files or a folder through the button of a name. */
export async function choose(page, button, files) {
  const [chooser] = await Promise.all([page.waitForEvent("filechooser"), page.getByRole("button", { name: button, exact: true }).click()]);
  await chooser.setFiles(files);
}

/** Drops files or folders on the page, as a hand does. */
export async function dropped(page, files) {
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files, dragOperationsMask: 1 };
  for (const type of ["dragEnter", "dragOver", "drop"]) await session.send("Input.dispatchDragEvent", { type, x: 300, y: 200, data });
  await session.detach();
}

/** Runs an example of the package, which writes what it makes up. */
export function example(name, ...args) {
  execFileSync(path(`target/debug/examples/${name}`), args, { stdio: ["ignore", "ignore", "inherit"] });
}

/** The report in its frame. */
export async function report(page) {
  const frame = page.frameLocator("iframe.report");
  await frame.locator("main").waitFor();
  return frame;
}

/** What a button saves. */
export async function saved(page, button) {
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: button, exact: true }).click()]);
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}

/** Sets the easy pace on the first page. */
export async function setPace(page, pace) {
  await page.getByLabel("Easy pace").fill(pace);
  await page.getByRole("button", { name: "Use it" }).click();
  await page.waitForFunction(() => document.getElementById("said")?.textContent !== "");
}

/** What axe finds in a frame, a line a rule. */
export async function violations(frame) {
  await frame.evaluate(AXE);
  const { violations } = await frame.evaluate(() => axe.run(document, { iframes: false }));
  return violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(({ html }) => html).join(" | ")}`);
}

/** No violation of what axe looks for, in the page and in its report. */
export async function accessible(page, state) {
  for (const frame of page.frames()) assert.deepEqual(await violations(frame), [], `${state}, ${frame.url()}`);
}

/** A picture, where pictures are asked for. */
export async function shot(page, name) {
  const folder = process.env.SHOTS;
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  await page.waitForTimeout(200);
  await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
}

/** Serves the page as a static host does. */
export async function served(use) {
  const html = readFileSync(path("web/dist/rehabrun.html"));
  const server = createServer((request, response) => {
    if (request.url === "/rehabrun.html") response.writeHead(200, { "content-type": "text/html" }).end(html);
    else response.writeHead(404).end();
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    return await use(`http://127.0.0.1:${server.address().port}/rehabrun.html`);
  } finally {
    server.close();
  }
}

export const corpus = process.env.REHABRUN_CORPUS ?? path("../shared/corpus");
export const hasCorpus = existsSync(corpus);
