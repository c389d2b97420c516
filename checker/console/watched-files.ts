import { fingerprint } from '../workshop/sources.ts';

/** How often files are looked at, in milliseconds. */
const pause = 700;

/** Calls back when the files of a lab's folder are not as they were. The result ends that. */
export function watchFiles(folder: string, onSave: () => void): () => void {
  let files = read(folder);
  const timer = setInterval(() => {
    const now = read(folder) ?? files;
    if (files !== undefined && now !== files) onSave();
    files = now;
  }, pause);
  return () => clearInterval(timer);
}

/** An editor may be about to write a file: then it is read the next time. */
function read(folder: string): string | undefined {
  try {
    return fingerprint(folder);
  } catch {
    return undefined;
  }
}
