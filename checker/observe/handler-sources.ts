import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** How much to read, in characters: more than any workshop lab has. */
const MOST = 400_000;

/** Returns the texts of the learner's handlers: those in the lab's own folder first, then those in `app/functions/`. */
export function handlerSources({ labFolder }: { readonly labFolder: string }): string[] {
  const files = [join(labFolder, 'functions'), join(labFolder, '..', '..', 'app', 'functions')].flatMap(filesIn);
  const texts: string[] = [];
  let length = 0;
  for (const file of files) {
    const text = readFileSync(file, 'utf8');
    length += text.length;
    if (length > MOST) break;
    texts.push(text);
  }
  return texts;
}

function filesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && /\.[cm]?[jt]sx?$/.test(entry.name) && !/\.test\.\w+$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !path.includes('node_modules'))
    .sort();
}
