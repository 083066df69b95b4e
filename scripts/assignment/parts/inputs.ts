import { fromData, type Matrix } from "../../../lib/matrix";
import type { Exam } from "../mark/part";

/** A hidden matrix of standard normal numbers, drawn from the exam's generator. */
export const normals = ({ random }: Exam, rows: number, cols: number): Matrix =>
  fromData(rows, cols, random.normals(rows * cols));
