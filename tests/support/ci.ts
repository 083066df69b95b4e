/** Whether the tests run in CI, where what they need is obligatory: CI holds any value but "", "0" and "false". */
export const inCI = !["", "0", "false"].includes((process.env.CI ?? "").toLowerCase());
