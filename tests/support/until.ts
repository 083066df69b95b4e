import { setTimeout as sleep } from "node:timers/promises";
import type { Page } from "playwright-core";

/**
 * Waits until an expression is true in the page. Playwright's own waitForFunction evaluates it again within the page,
 * which a page's policy may forbid; this asks each time through the debugger.
 * @throws after `seconds` with the expression
 */
export async function until(page: Page, expression: string, seconds = 60): Promise<void> {
  const end = Date.now() + 1000 * seconds;
  while (!(await page.evaluate(`Boolean(${expression})`))) {
    if (Date.now() > end) throw new Error(`not true after ${seconds} s: ${expression}`);
    await sleep(50);
  }
}
