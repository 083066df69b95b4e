// Makes a figure fit its box. On a narrow page the axes' titles are set smaller and broken into lines; and on any page
// the powers of ten along an axis are thinned out until they stand apart, and a legend below the plot moves down until it
// is clear of the ticks and of the axis's title, which Plotly places without regard to each other.
window.figureFit = (() => {
  const narrow = 520; // px
  const size = 13; // px, of an axis's title on a narrow page
  const letter = 0.58 * size;
  const gap = 6; // px, between the axis's title and the legend

  const broken = (text, room) => {
    const most = Math.max(12, Math.floor(room / letter));
    const lines = [""];
    for (const word of text.split(" ")) {
      const longer = `${lines[lines.length - 1]} ${word}`.trim();
      if (longer.length <= most || lines[lines.length - 1] === "") lines[lines.length - 1] = longer;
      else lines.push(word);
    }
    return lines.join("<br>");
  };

  // Axes of plots side by side share the room: theirs are left as they are.
  const before = (layout, room) => {
    if (room >= narrow) return layout;
    const titled = Object.entries(layout).filter(
      ([key, axis]) => /^[xy]axis\d*$/.test(key) && axis?.title?.text && !axis.domain,
    );
    const smaller = titled.map(([key, axis]) => {
      const along = key[0] === "x" ? room - 90 : (layout.height ?? 380) - 170;
      const title = { ...axis.title, text: broken(axis.title.text, along), font: { size } };
      return [key, { ...axis, title }];
    });
    return { ...layout, ...Object.fromEntries(smaller) };
  };

  const boxes = (live, selector) =>
    [...live.querySelectorAll(selector)].map((element) => element.getBoundingClientRect());

  const thinned = (live) => {
    const { yaxis, _size: plot } = live._fullLayout;
    if (yaxis?.type !== "log" || typeof yaxis.dtick !== "number") return;
    const ticks = boxes(live, ".yaxislayer-above .ytick text, .yaxislayer-below .ytick text");
    const tops = ticks.map(({ top }) => top).sort((a, b) => a - b);
    const tallest = Math.max(0, ...ticks.map(({ height }) => height));
    if (!tops.some((top, k) => k > 0 && top - tops[k - 1] < 0.8 * tallest)) return;
    const decades = Math.abs(yaxis.range[1] - yaxis.range[0]);
    return { "yaxis.dtick": Math.ceil((decades * tallest) / plot.h) };
  };

  const lowered = (live) => {
    const { legend, height, _size: plot } = live._fullLayout;
    const [box] = boxes(live, ".infolayer .legend");
    if (!box || legend.yref === "container") return;
    const bottom = live.querySelector(".main-svg").getBoundingClientRect().top + plot.t + plot.h;
    if (box.top < bottom) return;
    const below = boxes(live, ".xaxislayer-above text, .xaxislayer-below text, .g-xtitle text");
    const missing = Math.max(0, ...below.map((text) => text.bottom)) + gap - box.top;
    if (missing < 1) return;
    return { height: height + missing, "legend.y": legend.y - missing / plot.h };
  };

  const after = async (live) => {
    for (const mend of [thinned, lowered, lowered]) {
      const changes = mend(live);
      if (changes) await window.Plotly.relayout(live, changes);
    }
  };

  return { before, after };
})();
