// Draws each figure with Plotly when the reader comes near it, in place of the static drawing; redraws it when the
// reader's setting changes between light and dark. Where drawing fails, the static drawing stays.
(() => {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const figures = [...document.querySelectorAll("figure.plot")];
  const darkTemplate = JSON.parse(document.getElementById("dark-template").textContent);
  const none = "rgba(0, 0, 0, 0)";
  const touch = matchMedia("(pointer: coarse)").matches;

  // 1.5 MB of script are parsed only when the first figure is near.
  const loadPlotly = () => {
    if (window.Plotly) return;
    const script = document.createElement("script");
    script.textContent = document.getElementById("plotly-source").textContent;
    document.head.append(script);
  };

  // A figure may carry a second drawing for boxes narrower than `below` px (lib/figures/narrow.ts).
  const variantFor = ({ data, layout = {} }, room) => {
    const narrow = layout.meta?.narrow;
    if (!narrow || room >= narrow.below) return { data, layout };
    return { data: narrow.data, layout: { ...layout, width: undefined, ...narrow.layout } };
  };

  // As wide as its box, or, where the figure names a width, at least that wide: the box scrolls. A finger that drags
  // across a figure means to scroll the page; a mouse zooms.
  const layoutFor = (layout) => ({
    ...layout,
    ...(dark.matches ? { template: darkTemplate } : {}),
    paper_bgcolor: none,
    plot_bgcolor: none,
    modebar: { bgcolor: none, color: "#7c828c", activecolor: dark.matches ? "#e2e3e6" : "#1d1f23" },
    autosize: true,
    width: undefined,
    dragmode: touch ? false : (layout.dragmode ?? "zoom"),
  });

  // A dark grey line vanishes on a dark page, unless it lies on an area, whose colours stay as they are.
  const dataFor = (data, whole = data) => {
    const hasArea = whole.some(({ type }) => type === "heatmap" || type === "contour");
    if (!dark.matches || hasArea) return data;
    const visible = (line) =>
      /^#([0-6][0-9a-f])\1\1$/i.test(line?.color) ? { ...line, color: "#c4c8ce" } : line;
    return data.map((trace) => (trace.line ? { ...trace, line: visible(trace.line) } : trace));
  };

  // The tools are named one by one: Plotly's own choice includes one that sends the figure to its makers.
  const config = {
    responsive: true,
    displaylogo: false,
    displayModeBar: touch ? false : "hover",
    modeBarButtons: [["zoom2d", "pan2d", "zoomIn2d", "zoomOut2d", "resetScale2d", "toImage"]],
    plotlyServerURL: "",
  };

  const storedIn = (figure) => JSON.parse(figure.querySelector("script.plotly").textContent);

  // A drawing that is made anew, light or dark, shows the step at which the slider stands.
  const steps = new WeakMap();
  const animate = async (figure, { data, frames }, player) => {
    const live = figure.querySelector(".live");
    const own = frames.map((frame) => ({ ...frame, data: dataFor(frame.data, data) }));
    await window.Plotly.addFrames(live, own);
    const at = { mode: "immediate", frame: { duration: 0, redraw: true }, transition: { duration: 0 } };
    const names = frames.map(({ name }) => name);
    const show = (k) => window.Plotly.animate(live, [names[k]], at);
    if (!steps.has(figure)) steps.set(figure, window.figurePlayer.attach(figure, { player, names }, show));
    const step = steps.get(figure)();
    if (step < names.length - 1) await show(step);
  };

  const draw = async (figure) => {
    figure.dataset.drawn = "";
    try {
      loadPlotly();
      const live = figure.querySelector(".live");
      const stored = storedIn(figure);
      const { data, layout } = variantFor(stored, live.parentElement.clientWidth);
      figure.classList.add("is-live"); // shown first: Plotly measures the box it draws in
      const least = layout.width ?? layout.meta?.leastWidth;
      live.style.minWidth = least ? `${least}px` : "";
      whenRoomChanges(figure, stored);
      const { player } = layout.meta ?? {};
      const fitting = window.figureFit.before(layout, Math.max(live.clientWidth, least ?? 0));
      const own = layoutFor(player ? window.figurePlayer.without(fitting) : fitting);
      await window.Plotly.newPlot(live, { data: dataFor(data), layout: own, config });
      await window.figureFit.after(live);
      if (player) await animate(figure, stored, player);
      // The caption says what is drawn; the many tick labels would be read one by one.
      for (const svg of live.querySelectorAll("svg.main-svg")) svg.setAttribute("aria-hidden", "true");
    } catch (error) {
      figure.classList.remove("is-live");
      console.error(`${figure.id}: ${error.message}`);
    }
  };

  // A phone that is turned may have room for the other drawing.
  const whenRoomChanges = (figure, { layout }) => {
    const below = layout?.meta?.narrow?.below;
    if (!below || "watched" in figure.dataset) return;
    figure.dataset.watched = "";
    const box = figure.querySelector(".drawing");
    let narrow = box.clientWidth < below;
    new ResizeObserver(() => {
      if (box.clientWidth < below === narrow) return;
      narrow = !narrow;
      draw(figure);
    }).observe(box);
  };

  // Below each figure: its data as a file, made when asked for.
  const offerData = (figure) => {
    const title = figure.querySelector(".static").alt;
    const words = title.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "Save data (CSV)";
    button.setAttribute("aria-label", `Save data (CSV) of ${figure.id.replace("-", " ")}`);
    button.addEventListener("click", () => {
      const link = document.createElement("a");
      link.href = URL.createObjectURL(
        new Blob([window.figureCsv(storedIn(figure))], { type: "text/csv;charset=utf-8" }),
      );
      link.download = `${[figure.id, ...words.slice(0, 8)].join("-")}.csv`;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 1000);
    });
    const line = document.createElement("p");
    line.className = "figure-tools";
    line.append(button);
    figure.append(line);
  };

  const near = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        if (!isIntersecting) continue;
        near.unobserve(target);
        draw(target);
      }
    },
    { rootMargin: "800px 0px" },
  );
  for (const figure of figures) {
    offerData(figure);
    near.observe(figure);
  }

  dark.addEventListener("change", () => {
    for (const figure of figures) if ("drawn" in figure.dataset) draw(figure);
  });
})();
