import { basename, dirname, join, normalize } from 'node:path';
import { watch } from 'chokidar';

/**
 * Editors write a file in more than one step; what follows within this time, in milliseconds, is the same save. Longer
 * than the 50 ms for which chokidar says nothing more of a file that it told of: a save after that would be lost.
 */
const oneSave = 60;

/** How often files are looked at where nothing tells of saves, in milliseconds. */
const interval = 400;

/** What is new is watched a moment after it was found: what is written to it in between is told of by nothing. In milliseconds. */
const untilWatched = 500;

export interface Saves {
  close(): Promise<void>;
}

export interface WatchSaves {
  readonly onSave: () => void;
  /** Hears when watching cannot go on, and what `onSave` throws. */
  readonly onError: (error: unknown) => void;
  /** Looks for saves, where events do not come. */
  readonly polling: boolean;
}

/** Calls `onSave` after each save in the lab's folder, or in the room's functions. Resolves when it watches. */
export async function watchSaves(labFolder: string, { onSave, onError, polling }: WatchSaves): Promise<Saves> {
  // From above: a folder that git or a reset takes away and brings back is not watched any more.
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

/** Where the files are that a lab is deployed from. */
function foldersOf(labFolder: string): string[] {
  return [normalize(labFolder), join(labFolder, '..', '..', 'app', 'functions')];
}

/** Tells of a path below what is watched whether it is not looked at, nor anything below it. */
export function isLeftOut(labFolder: string): (path: string) => boolean {
  const folders = foldersOf(labFolder);
  const parents = folders.map((folder) => dirname(folder));
  return (slashed) => {
    const path = normalize(slashed);
    // Dot files are what editors leave there while they work.
    if (/^(\..*|cdk\.out|node_modules)$/.test(basename(path))) return true;
    return parents.includes(dirname(path)) && !folders.includes(path);
  };
}
