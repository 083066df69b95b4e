// The filters above the table of a cell tagged "filterable", in a browser.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import test, { after } from "node:test";
import { pathToFileURL } from "node:url";
import { exportReport } from "../scripts/report/report";
import { closed, display, notebook, writeNotebooks } from "./notebook-fixtures";
import { noBrowser, startChromium } from "./support/chromium";

const folder = mkdtempSync(path.join(tmpdir(), "table-filter-"));
after(() => rmSync(folder, { recursive: true, force: true }));

const rows = Array.from({ length: 20 }, (_, k) => `| c${k} | ${k % 2 ? "slip" : "holds"} | value ${k * k} |`);
const table = ["| claim | verdict | ours |", "| --- | --- | --- |", ...rows].join("\n");

async function written(name: string, tags: string[]): Promise<string> {
  const json = notebook(
    ["nb.markdown(table)", "nb.close()"],
    [[display({ "text/markdown": table, "text/plain": table })], [closed()]],
  );
  json.cells[1].metadata = { tags };
  writeNotebooks(folder, { [name]: json });
  return (
    await exportReport({ number: "22", notebookPath: path.join(folder, `${name}.ipynb`), outDir: folder })
  ).path;
}

test("text and choices leave the rows that fit all of them", { skip: noBrowser() }, async () => {
  const browser = await startChromium();
  try {
    const page = await browser.newPage();
    await page.goto(pathToFileURL(await written("22-tagged", ["filterable"])).href);
    const shown = () => page.locator("tbody tr:visible").count();
    const said = () => page.locator(".filters .shown").textContent();
    assert.equal(await said(), "20 of 20 rows");
    // A choice for the column with two values; the two with twenty have none.
    assert.equal(await page.locator(".filters select").count(), 1);
    await page.getByLabel("verdict").selectOption("slip");
    assert.deepEqual([await shown(), await said()], [10, "10 of 20 rows"]);
    await page.getByLabel("Text").fill("VALUE c1");
    assert.equal(await shown(), 6, "c1, c11, c13, c15, c17 and c19");
    await page.getByRole("button", { name: "Show all", exact: true }).click();
    assert.deepEqual([await shown(), await page.getByLabel("verdict").inputValue()], [20, ""]);

    await page.goto(pathToFileURL(await written("22-untagged", [])).href);
    assert.equal(await page.locator(".filters").count(), 0);
  } finally {
    await browser.close();
  }
});
