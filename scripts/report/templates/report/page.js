// What the page does beyond HTML's own means: folding all code, marking the section being read, and letting the
// keyboard reach boxes that scroll. Without script nothing of the content is missing.
(() => {
  const all = (selector) => [...document.querySelectorAll(selector)];

  for (const tools of all(".tools")) tools.hidden = all("details.input").length === 0;
  for (const button of all("[data-fold]")) {
    button.addEventListener("click", () => {
      for (const input of all("details.input")) input.open = button.dataset.fold === "open";
    });
  }

  // A box is a tab stop only while it has something to scroll to.
  const noteScrolling = (box) => {
    if (box.scrollWidth > box.clientWidth + 1) box.tabIndex = 0;
    else box.removeAttribute("tabindex");
  };
  const sizes = new ResizeObserver((entries) => {
    for (const entry of entries) noteScrolling(entry.target);
  });
  for (const box of all(".scroll, .formula-block, pre, p, li")) sizes.observe(box);

  const links = new Map(all(".sidebar a").map((link) => [link.hash.slice(1), link]));
  const headings = all("main :is(h2, h3, h4, h5, h6)[id]");
  const markCurrent = () => {
    const passed = headings.filter((heading) => heading.getBoundingClientRect().top < innerHeight / 3);
    const current = passed.at(-1)?.id;
    for (const [id, link] of links) {
      if (id === current) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  };
  let waiting = false;
  addEventListener(
    "scroll",
    () => {
      if (waiting) return;
      waiting = true;
      requestAnimationFrame(() => {
        waiting = false;
        markCurrent();
      });
    },
    { passive: true },
  );
  markCurrent();
})();
