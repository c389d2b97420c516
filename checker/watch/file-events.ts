import { randomUUID } from 'node:crypto';
import { watch } from 'node:fs';
import { mkdir, rm, rmdir, statfs, writeFile } from 'node:fs/promises';
import { release } from 'node:os';
import { join } from 'node:path';

/** File systems that another machine, or Windows beside WSL, writes to without notifying this one: statfs(2). */
const shared: ReadonlyMap<number, string> = new Map([
  [0x01021997, "on a Windows drive or another system's disk (9p)"],
  [0x6969, 'on a network drive (NFS)'],
  [0x517b, 'on a network drive (SMB)'],
  [0xff534d42, 'on a network drive (SMB)'],
  [0xfe534d42, 'on a network drive (SMB)'],
  [0x65735546, 'shared with another system (FUSE)'],
  [0x786f4256, 'shared by VirtualBox'],
]);

/** How long an event can take to arrive, in milliseconds. */
const patience = 2000;

/**
 * Returns why saves in a folder have to be detected by polling; undefined if events work. Writes a probe to `scratch`,
 * our own folder on the same disk.
 */
export async function whyPolling(folder: string, scratch: string): Promise<string | undefined> {
  if (process.platform === 'linux') {
    if (/microsoft/i.test(release()) && /^\/mnt\/[a-z]\//.test(folder)) return 'on a Windows drive, accessed from WSL';
    const known = await statfs(folder).then(
      // 32 bits, which some systems return as a negative number.
      ({ type }) => shared.get(type >>> 0),
      () => undefined,
    );
    if (known !== undefined) return known;
  }
  if (process.platform === 'win32' && folder.startsWith('\\\\')) return 'on a network drive';
  return (await tellsOfProbe(scratch)) ? undefined : "on a disk that doesn't report changes";
}

async function tellsOfProbe(scratch: string): Promise<boolean> {
  const folder = join(scratch, `probe.${process.pid}`);
  const name = randomUUID();
  const made = await mkdir(folder, { recursive: true });
  try {
    return await new Promise<boolean>((resolve) => {
      const timer = setTimeout(() => end(false), patience);
      const watcher = watch(folder, { persistent: false }, () => end(true));
      const end = (told: boolean) => {
        clearTimeout(timer);
        watcher.close();
        resolve(told);
      };
      watcher.on('error', () => end(false));
      writeFile(join(folder, name), '').catch(() => end(false));
    });
  } catch {
    // Linux limits the number of watchers.
    return false;
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    // Another process may have put something there by now.
    if (made !== folder) await rmdir(scratch).catch(() => {});
  }
}
