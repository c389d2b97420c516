import { randomUUID } from 'node:crypto';
import { watch } from 'node:fs';
import { mkdir, rm, rmdir, statfs, writeFile } from 'node:fs/promises';
import { release } from 'node:os';
import { join } from 'node:path';

/** File systems that another machine, or Windows beside WSL, writes to without telling this one: statfs(2). */
const shared: ReadonlyMap<number, string> = new Map([
  [0x01021997, 'a disk of Windows or of another system (9p)'],
  [0x6969, 'a folder of the network (NFS)'],
  [0x517b, 'a folder of the network (SMB)'],
  [0xff534d42, 'a folder of the network (SMB)'],
  [0xfe534d42, 'a folder of the network (SMB)'],
  [0x65735546, 'a folder shared with another system (FUSE)'],
  [0x786f4256, 'a folder shared by VirtualBox'],
]);

/** How long an event may take to come, in milliseconds. */
const patience = 2000;

/**
 * Why the saves in a folder are not told by events and have to be looked for; undefined where events come. A probe is
 * written to `scratch`, a folder of ours on the same disk.
 */
export async function whyPolling(folder: string, scratch: string): Promise<string | undefined> {
  if (process.platform === 'linux') {
    if (/microsoft/i.test(release()) && /^\/mnt\/[a-z]\//.test(folder)) return 'a disk of Windows, seen from WSL';
    const known = await statfs(folder).then(
      // 32 bits, which some systems give as a negative number.
      ({ type }) => shared.get(type >>> 0),
      () => undefined,
    );
    if (known !== undefined) return known;
  }
  if (process.platform === 'win32' && folder.startsWith('\\\\')) return 'a folder of the network';
  return (await tellsOfProbe(scratch)) ? undefined : 'on a disk that does not tell of changes';
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
    // Linux counts watchers, and has no more of them.
    return false;
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    // Another process may have put something there by now.
    if (made !== folder) await rmdir(scratch).catch(() => {});
  }
}
