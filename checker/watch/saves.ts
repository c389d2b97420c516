import { join, sep } from 'node:path';
import { watch } from 'chokidar';

/** Editors write a file in more than one step; what follows within this time, in milliseconds, is the same save. */
const oneSave = 40;

export interface Saves {
  close(): Promise<void>;
}

/** Calls `onSave` after each save in the lab's folder, or in the room's functions. Resolves when it watches. */
export async function watchSaves(root: string, labFolder: string, onSave: () => void): Promise<Saves> {
  const watcher = watch([labFolder, join(root, 'app', 'functions')], {
    ignoreInitial: true,
    ignored: (path) => path.split(sep).some((name) => name === 'cdk.out' || name === 'node_modules'),
  });
  let timer: NodeJS.Timeout | undefined;
  watcher.on('all', () => {
    clearTimeout(timer);
    timer = setTimeout(onSave, oneSave);
  });
  await new Promise<void>((resolve) => watcher.once('ready', resolve));
  return {
    async close() {
      clearTimeout(timer);
      await watcher.close();
    },
  };
}
