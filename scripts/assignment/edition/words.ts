import { facts } from "./facts";

/** What the commands of an edition say. */
interface Words {
  readonly tooOld: (version: string) => string;
  readonly newerNode: string;
  readonly windows: string;
  readonly wsl: string;
  readonly noCells: string;
  unreadable(notebook: string, reason: string): string;
  readonly saveAgain: string;
  readonly ready: string;
  running(notebook: string): string;
  readonly holds: string;
  readonly open: string;
  readonly fails: string;
  readonly missing: string;
  doesNotCompile(cell: string): string;
  endless(seconds: number): string;
  readonly crashed: string;
  goesOn(cell: string, why: string): string;
  done(holding: number, count: number, points: number, total: number): string;
  otherAssignment(asked: string): string;
  secondsNumber(given: string): string;
  unwritten(cells: readonly string[]): string;
  deleted(cells: readonly string[]): string;
  noCompile(cell: string, message: string): string;
  readonly complete: string;
  packed(file: string, notebook: string, saved: string): string;
  readonly handIn: string;
}

const en: Words = {
  tooOld: (version) => `Node ${version} is too old: this assignment needs Node 20.20 or newer.`,
  newerNode: "Install a current Node (https://nodejs.org), then run the same command again.",
  windows: "Windows itself is not supported.",
  wsl: "Use WSL2: run `wsl --install`, open the Linux shell, unpack the assignment there and run the same command.",
  noCells: "it has no list of cells",
  unreadable: (notebook, reason) => `${notebook} cannot be read: ${reason}`,
  saveAgain: "Save it in Jupyter again, or take the file from the zip that you were given.",
  ready: "Everything is set up. `npm run lab` opens the notebook.",
  running: (notebook) => `Running the cells of ${notebook} as it was last saved …`,
  holds: "holds",
  open: "not written yet",
  fails: "does not hold",
  missing: "the check's cell is missing from the notebook: take it from the zip that you were given",
  doesNotCompile: (cell) => `the cell ${cell} does not compile`,
  endless: (seconds) => `did not end within ${seconds} s (npm test -- --seconds 600 waits longer)`,
  crashed: "ended the process that runs the notebook",
  goesOn: (cell, why) => `  ${cell}: ${why}; going on without it`,
  done: (holding, count, points, total) =>
    `${holding} of ${count} checks hold (they stand for ${points} of ${total} marks; the marks are given for other inputs).`,
  otherAssignment: (asked) => `This is ${facts.id}, not ${asked}: npm run assignment -- submit ${facts.id}`,
  secondsNumber: (given) => `--seconds is "${given}" (it must be a whole number from 1)`,
  unwritten: (cells) => `Not written yet: ${cells.join(", ")}.`,
  deleted: (cells) => `Missing from the notebook: the cells ${cells.join(", ")}.`,
  noCompile: (cell, message) => `The cell ${cell} does not compile: ${message}`,
  complete: "Every function is written, and every cell compiles.",
  packed: (file, notebook, saved) => `${file} holds ${notebook} as saved on ${saved}.`,
  handIn: "Hand in this file. npm test says what holds.",
};

const zh: Words = {
  tooOld: (version) => `Node ${version} 太旧：本作业需要 Node 20.20 或更新的版本。`,
  newerNode: "请安装最新的 Node（https://nodejs.org），然后重新运行同一条命令。",
  windows: "不支持直接在 Windows 上运行。",
  wsl: "请使用 WSL2：运行 `wsl --install`，打开 Linux 终端，在那里解压作业并运行同一条命令。",
  noCells: "其中没有单元格列表",
  unreadable: (notebook, reason) => `无法读取 ${notebook}：${reason}`,
  saveAgain: "请在 Jupyter 中重新保存，或从发给你的压缩包中取回该文件。",
  ready: "一切就绪。用 `npm run lab` 打开笔记本。",
  running: (notebook) => `正在运行 ${notebook} 中最近一次保存的单元格……`,
  holds: "正确",
  open: "还没有写",
  fails: "不正确",
  missing: "笔记本里缺少这个检查单元格：请从发给你的压缩包中取回",
  doesNotCompile: (cell) => `单元格 ${cell} 无法编译`,
  endless: (seconds) => `${seconds} 秒内没有结束（npm test -- --seconds 600 可以等得更久）`,
  crashed: "使运行笔记本的进程结束了",
  goesOn: (cell, why) => `  ${cell}：${why}；跳过它继续`,
  done: (holding, count, points, total) =>
    `${count} 项检查中 ${holding} 项正确（对应 ${total} 分中的 ${points} 分；评分用的是另外的输入）。`,
  otherAssignment: (asked) => `这里是 ${facts.id}，不是 ${asked}：npm run assignment -- submit ${facts.id}`,
  secondsNumber: (given) => `--seconds 是“${given}”（应为从 1 起的整数）`,
  unwritten: (cells) => `还没有写：${cells.join("、")}。`,
  deleted: (cells) => `笔记本里缺少单元格：${cells.join("、")}。`,
  noCompile: (cell, message) => `单元格 ${cell} 无法编译：${message}`,
  complete: "所有函数都已写出，所有单元格都能编译。",
  packed: (file, notebook, saved) => `${file} 中是 ${saved} 保存的 ${notebook}。`,
  handIn: "请提交这个文件。npm test 会告诉你哪些检查是正确的。",
};

export const words: Words = facts.language === "zh" ? zh : en;
