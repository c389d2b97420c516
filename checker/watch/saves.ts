import { basename, join } from 'node:path';
import { watch } from 'chokidar';

/** Editors write a file in more than one step; what follows within this time, in milliseconds, is the same save. */
const oneSave = 40;

export interface Saves {
  close(): Promise<void>;
}

/**
 * Calls `onSave` after each save in the lab's folder, or in the room's functions. Resolves when it watches. `onError`
 * hears when watching cannot go on, and what `onSave` throws.
 */
export async function watchSaves(
  labFolder: string,
  { onSave, onError }: { readonly onSave: () => void; readonly onError: (error: unknown) => void },
): Promise<Saves> {
  const watcher = watch([labFolder, join(labFolder, '..', '..', 'app', 'functions')], {
    ignoreInitial: true,
    // Dot files are what editors leave there while they work.
    ignored: (path) => /^(\..*|cdk\.out|node_modules)$/.test(basename(path)),
  });
  let timer: NodeJS.Timeout | undefined;
  const saved = () => {
    try {
      onSave();
    } catch (error) {
      onError(error);
    }
  };
  watcher.on('error', onError);
  watcher.on('all', () => {
    clearTimeout(timer);
    timer = setTimeout(saved, oneSave);
  });
  await new Promise<void>((resolve) => watcher.once('ready', resolve));
  return {
    async close() {
      clearTimeout(timer);
      await watcher.close();
    },
  };
}
