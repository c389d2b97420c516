import { fingerprint } from '../workshop/sources.ts';

/** How often to look at files, in milliseconds. */
const pause = 700;

/** Calls back when the files of a lab's folder changed. Call the result to stop. */
export function watchFiles(folder: string, onSave: () => void): () => void {
  let files = read(folder);
  const timer = setInterval(() => {
    const now = read(folder) ?? files;
    if (files !== undefined && now !== files) onSave();
    files = now;
  }, pause);
  return () => clearInterval(timer);
}

/** An editor may be writing a file right now: then it is read the next time. */
function read(folder: string): string | undefined {
  try {
    return fingerprint(folder);
  } catch {
    return undefined;
  }
}
