import type { EditionFacts } from "../edition/facts";

/** What students read first, in English and Chinese. */
export function readme({ id, title, notebook, checks, answers }: EditionFacts): string {
  const points = Object.values(checks).reduce((sum, one) => sum + one, 0);
  const count = Object.keys(answers).length;
  return `# ${id}: ${title}

Needed: Node 20.20 or newer, Python 3.10 to 3.14, Linux or macOS (on Windows: WSL2).

\`\`\`sh
npm run lab   # sets up what is missing, once, and opens ${notebook}
npm test      # runs the notebook as last saved and says which checks hold
\`\`\`

Fill in the ${count} cells whose functions end in \`throw unanswered(…)\`: write your code in its place. The ${Object.keys(checks).length} checks stand for ${points} marks; the marks are given for other inputs than the checks'. The given cells are locked: what you change in them is not marked. Cells of your own may be added anywhere. \`assignment.hint("…")\` in a cell gives a hint, the next time another. The functions of \`lib/\` that are asked for here, or in another assignment, throw.

To hand in:

\`\`\`sh
npm run assignment -- submit ${id}   # says what is missing and writes ${id}-handed-in.zip
\`\`\`

After the first \`npm run lab\` no network is needed. VS Code and another JupyterLab open the notebook too, with the kernel of \`npm install -g tslab && tslab install\`, once \`npm run set-up\` has run here. ${id}'s files are not to be published with answers in them.

## 中文

需要：Node 20.20 或更新的版本，Python 3.10 至 3.14，Linux 或 macOS（Windows 上用 WSL2）。

\`\`\`sh
npm run lab   # 第一次运行时安装所需的一切，然后打开 ${notebook}
npm test      # 运行最近一次保存的笔记本，并说明哪些检查是正确的
\`\`\`

请填写 ${count} 个以 \`throw unanswered(…)\` 结尾的函数单元格：用你的代码取代这一行。${Object.keys(checks).length} 项检查共 ${points} 分；评分用的是另外的输入。给定的单元格是锁定的：对它们的修改不计分。可以在任何位置添加自己的单元格。在单元格中写 \`assignment.hint("…")\` 得到一个提示，再运行一次得到下一个。\`lib/\` 中本作业或其他作业要求写的函数都会抛出错误。

提交：

\`\`\`sh
npm run assignment -- submit ${id}   # 说明还缺什么，并写出 ${id}-handed-in.zip
\`\`\`

第一次 \`npm run lab\` 之后不再需要网络。在此运行过 \`npm run set-up\` 之后，也可以在 VS Code 或其他 JupyterLab 中用 \`npm install -g tslab && tslab install\` 的内核打开笔记本。请不要公开带有答案的文件。
`;
}
