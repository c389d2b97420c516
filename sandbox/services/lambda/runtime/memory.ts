import { readFileSync } from 'node:fs';

/**
 * What Node.js takes here beyond what it takes on AWS, in MB: its program as a whole counts toward each process, and the
 * garbage of a machine that is not short of memory is collected late. A function may exceed its size by this much.
 */
const allowanceMb = 64;

/** How often a process that is at work is looked at, in milliseconds. */
const period = 100;

/** The most memory that a process has had so far, in MB; undefined where the system does not say so of another process. */
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
 * Returns whether a process has had more memory than a function of this size may have. It is the memory as a whole:
 * Node.js bounds its heap itself, but not its buffers.
 */
export function isTooLarge(peakMb: number, sizeMb: number): boolean {
  return peakMb > sizeMb + allowanceMb;
}

/** Calls back once when a process has taken too much memory. Returns what ends the watch. */
export function watchMemory(pid: number, sizeMb: number, onTooLarge: () => void): () => void {
  if (peakMemoryMb(pid) === undefined) return () => {};
  const timer = setInterval(() => {
    if (!isTooLarge(peakMemoryMb(pid) ?? 0, sizeMb)) return;
    clearInterval(timer);
    onTooLarge();
  }, period).unref();
  return () => clearInterval(timer);
}
