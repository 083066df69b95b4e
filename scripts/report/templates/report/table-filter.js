// Filters above the tables of a cell that is tagged "filterable": a text, and a choice for each column with few values.
// Without script the tables show all their rows.
(() => {
  const mostChoices = 16;
  const leastRows = 12;

  const add = (parent, name, properties = {}) =>
    parent.appendChild(Object.assign(document.createElement(name), properties));

  for (const table of document.querySelectorAll(".filterable .outputs table")) {
    const rows = [...table.tBodies[0].rows];
    if (rows.length < leastRows) continue;
    const names = [...table.tHead.rows[0].cells].map((cell) => cell.textContent.trim());
    const words = new Map(rows.map((row) => [row, row.textContent.toLowerCase()]));
    const wordsIn = (row, column) => row.cells[column].textContent.trim();

    const filters = Object.assign(document.createElement("div"), { className: "filters" });
    filters.setAttribute("role", "search");
    filters.setAttribute("aria-label", "Rows of the table below");
    const labelled = (name, control) => {
      const label = add(filters, "label", { textContent: `${name} ` });
      return add(label, control);
    };
    const search = Object.assign(labelled("Text", "input"), {
      type: "search",
      size: 18,
      autocomplete: "off",
    });
    const choices = names.flatMap((name, column) => {
      const values = [...new Set(rows.map((row) => wordsIn(row, column)))].sort();
      if (values.length < 2 || values.length > mostChoices) return [];
      const select = labelled(name, "select");
      add(select, "option", { value: "", textContent: "all" });
      for (const value of values.filter(Boolean)) add(select, "option", { textContent: value });
      return [{ column, select }];
    });
    const reset = add(filters, "button", { type: "button", textContent: "Show all" });
    const said = add(filters, "p", { className: "shown" });
    said.setAttribute("role", "status");

    const apply = () => {
      const wanted = search.value.toLowerCase().split(/\s+/).filter(Boolean);
      let shown = 0;
      for (const row of rows) {
        const fits =
          wanted.every((word) => words.get(row).includes(word)) &&
          choices.every(({ column, select }) => !select.value || wordsIn(row, column) === select.value);
        row.hidden = !fits;
        if (fits) shown++;
      }
      said.textContent = `${shown} of ${rows.length} rows`;
    };
    for (const field of [search, ...choices.map(({ select }) => select)])
      field.addEventListener("input", apply);
    reset.addEventListener("click", () => {
      for (const field of [search, ...choices.map(({ select }) => select)]) field.value = "";
      apply();
    });
    table.closest(".output").before(filters);
    apply();
  }
})();
