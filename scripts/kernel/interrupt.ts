export function installInterrupts(): void {}
