import { basename, dirname, join, normalize } from 'node:path';
import { watch } from 'chokidar';

/**
 * Editors write a file in several steps; everything within this time, in milliseconds, is the same save. Longer than
 * the 50 ms during which chokidar ignores further changes of a file: a later save would be lost.
 */
const oneSave = 60;

/** How often to poll files if there are no events, in milliseconds. */
const interval = 400;

/** New files are watched a moment after they are found: changes in between cause no event. In milliseconds. */
const untilWatched = 500;

export interface Saves {
  close(): Promise<void>;
}

export interface WatchSaves {
  readonly onSave: () => void;
  /** Called with errors of watching, and with those of `onSave`. */
  readonly onError: (error: unknown) => void;
  /** Polls for saves, because there are no events. */
  readonly polling: boolean;
}

/** Calls `onSave` after each save in the lab's folder, or in the room's functions. Resolves when it is watching. */
export async function watchSaves(labFolder: string, { onSave, onError, polling }: WatchSaves): Promise<Saves> {
  // From the parent: a folder that git or a reset removes and restores isn't watched anymore.
  const watcher = watch(
    foldersOf(labFolder).map((folder) => dirname(folder)),
    {
      ignoreInitial: true,
      ignored: isLeftOut(labFolder),
      ...(polling ? { usePolling: true, interval, binaryInterval: interval } : {}),
    },
  );
  let timer: NodeJS.Timeout | undefined;
  const saved = () => {
    try {
      onSave();
    } catch (error) {
      onError(error);
    }
  };
  watcher.on('error', onError);
  let later: NodeJS.Timeout | undefined;
  watcher.on('all', (event) => {
    clearTimeout(timer);
    timer = setTimeout(saved, oneSave);
    if (event !== 'add' && event !== 'addDir') return;
    clearTimeout(later);
    later = setTimeout(saved, untilWatched);
  });
  await new Promise<void>((resolve) => watcher.once('ready', resolve));
  return {
    async close() {
      clearTimeout(timer);
      clearTimeout(later);
      await watcher.close();
    },
  };
}

/** The files that a lab is deployed from. */
function foldersOf(labFolder: string): string[] {
  return [normalize(labFolder), join(labFolder, '..', '..', 'app', 'functions')];
}

/** Returns whether to ignore a path below a watched folder, and everything below it. */
export function isLeftOut(labFolder: string): (path: string) => boolean {
  const folders = foldersOf(labFolder);
  const parents = folders.map((folder) => dirname(folder));
  return (slashed) => {
    const path = normalize(slashed);
    // Editors leave dot files there while they work.
    if (/^(\..*|cdk\.out|node_modules)$/.test(basename(path))) return true;
    return parents.includes(dirname(path)) && !folders.includes(path);
  };
}
