// Controls of an animation, in place of those that Plotly draws: a button and a slider that keyboard and screen reader
// can use. Nothing moves by itself; where the reader asks for less motion, the button goes on by one step at a time.
window.figurePlayer = (() => {
  const calm = matchMedia("(prefers-reduced-motion: reduce)");

  // The layout without Plotly's own controls, and without the room that they take (lib/figures/frames.ts).
  const without = (layout) => {
    const { controls } = layout.meta.player;
    const margin = { ...layout.margin, b: layout.margin.b - controls };
    return { ...layout, height: layout.height - controls, margin, sliders: [], updatemenus: [] };
  };

  // `show(k)` draws a step; the figure is drawn with the last.
  const attach = (figure, { player, names }, show) => {
    const { step, notes, duration } = player;
    const last = names.length - 1;
    const bar = document.createElement("div");
    bar.className = "player";
    const button = document.createElement("button");
    button.type = "button";
    const label = document.createElement("label");
    const slider = document.createElement("input");
    slider.type = "range";
    slider.min = 0;
    slider.max = last;
    slider.value = last;
    const words = document.createElement("span");
    words.className = "player-step";
    label.append(`${step} `, slider);
    bar.append(button, label, words);
    figure.querySelector(".drawing").after(bar);

    let playing = 0; // the number of the run in progress; 0 while none is
    let runs = 0;
    const say = () => {
      const k = Number(slider.value);
      const text = notes[k] ? `${step} ${names[k]}: ${notes[k]}` : `${step} ${names[k]}`;
      slider.setAttribute("aria-valuetext", text);
      words.textContent = text;
      button.textContent = playing ? "Pause" : calm.matches ? "Next step" : "Play";
    };
    const go = async (k) => {
      slider.value = k;
      say();
      await show(k);
    };
    const next = () => (Number(slider.value) === last ? 0 : Number(slider.value) + 1);
    const play = async () => {
      runs += 1;
      const own = runs;
      playing = own;
      await go(next());
      while (playing === own && Number(slider.value) < last) {
        await new Promise((done) => setTimeout(done, duration));
        if (playing === own) await go(next());
      }
      if (playing === own) playing = 0;
      say();
    };
    button.addEventListener("click", () => {
      if (playing) {
        playing = 0;
        say();
      } else if (calm.matches) go(next());
      else play();
    });
    slider.addEventListener("input", () => {
      playing = 0;
      go(Number(slider.value));
    });
    calm.addEventListener("change", say);
    say();
    return () => Number(slider.value);
  };

  return { without, attach };
})();
