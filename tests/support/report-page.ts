/** What the tests use of an element. The project is compiled without the DOM's types, which the kernel does not know. */
export interface PageElement {
  id: string;
  tagName: string;
  outerHTML: string;
  textContent: string;
  parentElement: PageElement | null;
  querySelector(selector: string): PageElement | null;
  querySelectorAll(selector: string): Iterable<PageElement> & { length: number };
  closest(selector: string): PageElement | null;
  matches(selector: string): boolean;
  getAttribute(name: string): string | null;
  hasAttribute(name: string): boolean;
  cloneNode(deep: boolean): PageElement;
  remove(): void;
}

export interface Page extends PageElement {
  title: string;
  documentElement: PageElement & { lang: string };
}

/** The page as a tree; its scripts do not run. */
export function parsePage(html: string): Page {
  const { JSDOM } = require("jsdom");
  return new JSDOM(html).window.document;
}
