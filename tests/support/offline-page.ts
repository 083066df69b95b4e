// A page of a report as a reader without a network has it.
import assert from "node:assert/strict";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";

/** What a visit gives to its work, and what is noted while it lasts. */
export interface Visit {
  readonly page: Page;
  /** Everything the page asked for beyond its own file. */
  readonly requests: readonly string[];
  /** Errors and warnings on the console, and uncaught errors. */
  readonly complaints: readonly string[];
}

/** Opens a page with the network cut, gives it to `work` and closes it. */
export async function visitOffline(
  browser: Browser | undefined,
  address: string,
  options: BrowserContextOptions,
  work: (visited: Visit) => Promise<void>,
): Promise<void> {
  assert.ok(browser, "the browser did not start");
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  try {
    const requests: string[] = [];
    const complaints: string[] = [];
    const [file] = address.split("#");
    await context.route(
      (url) => url.href.split("#")[0] !== file && !["data:", "blob:"].includes(url.protocol),
      (route) => {
        requests.push(route.request().url());
        return route.abort();
      },
    );
    await context.setOffline(true);
    const page = await context.newPage();
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) complaints.push(message.text());
    });
    page.on("pageerror", (error) => complaints.push(String(error)));
    await page.goto(address);
    await work({ page, requests, complaints });
  } finally {
    await context.close();
  }
}

/** The same for a page that must ask for nothing and complain of nothing. */
export async function visitQuiet(
  browser: Browser | undefined,
  address: string,
  options: BrowserContextOptions,
  work: (page: Page) => Promise<void>,
): Promise<void> {
  await visitOffline(browser, address, options, async ({ page, requests, complaints }) => {
    await work(page);
    assert.deepEqual(complaints, []);
    assert.deepEqual(requests, []);
  });
}
