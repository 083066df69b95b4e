export interface Place {
  file: string;
  line: number;
  column: number;
}
export function originalPosition(file: string, line: number, column: number): Place {
  return { file, line, column };
}
