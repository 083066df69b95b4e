/** The 97.5 % point of the standard normal distribution (NIST/SEMATECH e-Handbook, §1.3.6.7.1: 1.960). */
const z975 = 1.959963984540054;

/**
 * Wilson's interval for a share: (p + z²/2n ± z √(p(1 − p)/n + z²/4n²)) / (1 + z²/n), with p = successes/n, at 95 %.
 * @param successes a whole number from 0 to n
 * @param n number of trials, ≥ 1
 * @throws if the counts are out of range
 * Source: E. B. Wilson, J. Am. Stat. Assoc. 22 (1927) 209–212.
 * @example
 * wilsonInterval(20, 20)[0] // ≈ 0.838875
 * wilsonInterval(3, 10) // ≈ [0.1078, 0.6032]
 * wilsonInterval(3, 2) // throws /successes is 3 of 2/
 */
export function wilsonInterval(successes: number, n: number): [low: number, high: number] {
  if (!(Number.isInteger(n) && n >= 1 && Number.isInteger(successes) && successes >= 0 && successes <= n))
    throw new Error(
      `wilsonInterval: successes is ${successes} of ${n} (whole numbers, 0 ≤ successes ≤ n, n ≥ 1)`,
    );
  const p = successes / n;
  const middle = p + (z975 * z975) / (2 * n);
  const half = z975 * Math.sqrt((p * (1 - p)) / n + (z975 * z975) / (4 * n * n));
  const total = 1 + (z975 * z975) / n;
  // rounding must not push an end past a share's range
  return [Math.max(0, (middle - half) / total), Math.min(1, (middle + half) / total)];
}
