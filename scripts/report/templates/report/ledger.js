// The filters of the ledger. Without script the table shows all claims.
(() => {
  const filters = document.querySelector(".filters");
  const rows = [...document.querySelectorAll("#ledger tbody tr")];
  const fields = [...filters.querySelectorAll("[data-filter]")];
  const said = filters.querySelector(".shown");
  const words = new Map(rows.map((row) => [row, `${row.textContent} ${row.dataset.notebook}`.toLowerCase()]));

  const apply = () => {
    const wanted = fields.filter((field) => field.value.trim() !== "");
    let shown = 0;
    for (const row of rows) {
      const fits = wanted.every((field) =>
        field.dataset.filter === "text"
          ? field.value
              .toLowerCase()
              .split(/\s+/)
              .every((word) => words.get(row).includes(word))
          : row.dataset[field.dataset.filter] === field.value,
      );
      row.hidden = !fits;
      if (fits) shown++;
    }
    said.textContent = `${shown} of ${rows.length} claims`;
    const address = new URLSearchParams(wanted.map((field) => [field.dataset.filter, field.value]));
    history.replaceState(null, "", `#${address}`);
  };

  // An address such as ledger.html#verdict=slip opens with that filter.
  const asked = new URLSearchParams(location.hash.slice(1));
  for (const field of fields) {
    field.value = asked.get(field.dataset.filter) ?? "";
    field.addEventListener("input", apply);
  }
  filters.querySelector("[data-reset]").addEventListener("click", () => {
    for (const field of fields) field.value = "";
    apply();
  });
  filters.hidden = false;
  if (asked.size > 0 && fields.some((field) => field.value)) apply();
  else said.textContent = `${rows.length} claims`;
})();
