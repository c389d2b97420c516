import type { Progress } from '../run.ts';

/** `What one says, everybody in the room hears: not yet; waiting for IAM, 12 of 60 s …` */
export function waitingInWords({ check, waitsFor, left, of }: Extract<Progress, { kind: 'again' }>): string {
  const seconds = (ms: number) => Math.round(ms / 1000);
  return `${check.title}: not yet; waiting for ${waitsFor}, ${seconds(of - left)} of ${seconds(of)} s …`;
}
