import { readFileSync } from 'node:fs';

/**
 * Node.js's additional memory here compared with AWS, in MB: its program counts toward each process, and garbage is
 * collected late if the machine has enough memory. A function may exceed its size by this much.
 */
const allowanceMb = 64;

/** How often a busy process is examined, in milliseconds. */
const period = 100;

/** A process that waits for an invocation is examined in every tenth of these turns. */
const idleTurns = 10;

/** A process's peak memory so far, in MB; undefined if the system doesn't report it. */
export function peakMemoryMb(pid: number): number | undefined {
  if (process.platform !== 'linux') return undefined;
  try {
    const peak = /^VmHWM:\s*(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return peak === undefined ? undefined : Math.ceil(Number(peak) / 1024);
  } catch {
    // It has ended.
    return undefined;
  }
}

/**
 * Returns whether a process has used more memory than a function of this size may. This counts all memory: Node.js
 * limits its heap itself, but not its buffers.
 */
export function isTooLarge(peakMb: number, sizeMb: number): boolean {
  return peakMb > sizeMb + allowanceMb;
}

/**
 * Calls back once when a process has used too much memory. While it waits for an invocation, only threads of its own
 * can use more. Call the result to stop watching.
 */
export function watchMemory(
  pid: number,
  sizeMb: number,
  { isIdle, onTooLarge }: { readonly isIdle: () => boolean; readonly onTooLarge: () => void },
): () => void {
  if (process.platform !== 'linux') return () => {};
  let turn = 0;
  const timer = setInterval(() => {
    turn = isIdle() ? (turn + 1) % idleTurns : 0;
    if (turn !== 0 || !isTooLarge(peakMemoryMb(pid) ?? 0, sizeMb)) return;
    clearInterval(timer);
    onTooLarge();
  }, period).unref();
  return () => clearInterval(timer);
}
