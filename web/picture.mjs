// Makes the picture of the page in the README anew, from the synthetic run: node web/picture.mjs, after web/test.sh.
import { close, onPage, path, report } from "./tests/browser.mjs";

await onPage(async (page) => {
  await page.getByRole("button", { name: "Try a synthetic run" }).click();
  await (await report(page)).locator("figure.chart svg:visible").waitFor();
  await page.waitForTimeout(300);
  await page.screenshot({ path: path("docs/browser.png") });
}, { width: 1000 });
await close();
