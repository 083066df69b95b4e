// A figure's data as CSV (RFC 4180), one row for each point: trace, frame, x, y, z, text, of which columns without any
// value are left out. Heatmaps and contours have a row for each cell; what stands as text in a diagram follows as
// "annotation". Understands the packed arrays (base64) that Plotly reads.
window.figureCsv = (() => {
  const types = {
    i1: Int8Array,
    u1: Uint8Array,
    i2: Int16Array,
    u2: Uint16Array,
    i4: Int32Array,
    u4: Uint32Array,
    f4: Float32Array,
    f8: Float64Array,
  };
  const lists = (value) =>
    Array.isArray(value) ? value : value?.bdata === undefined ? undefined : unpacked(value);

  const unpacked = ({ dtype, bdata, shape }) => {
    const bytes = Uint8Array.from(atob(bdata), (sign) => sign.charCodeAt(0));
    const flat = Array.from(new types[dtype](bytes.buffer), (value) =>
      // 0.1, not the 0.10000000149 that a float32 holds
      dtype === "f4" ? Number(value.toPrecision(7)) : value,
    );
    const [rows, cols] = String(shape ?? flat.length)
      .split(",")
      .map(Number);
    if (cols === undefined) return flat;
    return Array.from({ length: rows }, (_, i) => flat.slice(i * cols, (i + 1) * cols));
  };

  const plain = (text) =>
    typeof text === "string" ? text.replace(/<br>/g, " ").replace(/<[^>]*>/g, "") : text;
  const place = (list, k, from, step) => (list ? list[k] : (from ?? 0) + k * (step ?? 1));

  const cellsOf = (trace) => {
    const [x, y, z, text] = [trace.x, trace.y, trace.z, trace.text].map(lists);
    return z.flatMap((row, i) =>
      lists(row).map((value, j) => ({
        x: place(x, j, trace.x0, trace.dx),
        y: place(y, i, trace.y0, trace.dy),
        z: value,
        text: plain(text?.[i]?.[j]),
      })),
    );
  };

  const pointsOf = (trace) => {
    const [x, y, text] = [trace.x, trace.y, trace.text].map(lists);
    const rows = Array.from({ length: Math.max(x?.length ?? 0, y?.length ?? 0) }, (_, k) => ({
      x: place(x, k, trace.x0, trace.dx),
      y: place(y, k, trace.y0, trace.dy),
      text: plain(text ? text[k] : undefined),
    }));
    return rows.filter((row) => row.x !== null || row.y !== null); // a gap between two lines is no point
  };

  const traceRows = (trace, number, frame) =>
    (trace.z === undefined ? pointsOf(trace) : cellsOf(trace)).map((row) => ({
      trace: trace.name ?? `trace ${number + 1}`,
      frame,
      ...row,
    }));

  const noteRows = (layout, frame) =>
    (layout?.annotations ?? [])
      .filter(({ text, visible }) => text && visible !== false)
      .map(({ x, y, text }) => ({ trace: "annotation", frame, x, y, text: plain(text) }));

  const shown = (value) => (value === undefined || value === null ? "" : String(value));
  const quoted = (text) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

  return ({ data, layout, frames = [] }) => {
    const moving = new Set(frames.flatMap(({ traces }) => traces));
    const rows = [
      ...data.flatMap((trace, number) => (moving.has(number) ? [] : traceRows(trace, number))),
      ...frames.flatMap((frame) =>
        frame.traces.flatMap((number, k) =>
          traceRows({ ...data[number], ...frame.data[k] }, number, frame.name),
        ),
      ),
      ...(frames.some((frame) => frame.layout?.annotations)
        ? frames.flatMap((frame) => noteRows(frame.layout, frame.name))
        : noteRows(layout)),
    ];
    const columns = ["trace", "frame", "x", "y", "z", "text"].filter((column) =>
      rows.some((row) => shown(row[column]) !== ""),
    );
    const lines = rows.map((row) => columns.map((column) => quoted(shown(row[column]))).join(","));
    return `${[columns.join(","), ...lines].join("\r\n")}\r\n`;
  };
})();
