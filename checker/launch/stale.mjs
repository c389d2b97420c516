import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');

/** Where the bundle is. */
export const dist = join(root, 'dist');

/** The name of the account's compiled code in `dist/`, for this version of Node.js. */
export const accountCode = `account.js.${process.version}`;

/** Where Node.js keeps the bundle's compiled code, and that of packages. */
export const compiled = join(root, '.lab', 'compiled');

/** Returns whether the bundle is missing or older than a source, or than the packages it was built from. */
export function isStale() {
  const built = modified(join(dist, 'lab.js'));
  const compiledHere = [join('sdk', process.version), accountCode];
  if (built === 0 || compiledHere.some((name) => modified(join(dist, name)) === 0)) return true;
  const packages = modified(join(root, 'node_modules', '.package-lock.json'));
  return packages > built || isNewer(join(root, 'checker'), built) || isNewer(join(root, 'sandbox'), built);
}

/** Folders of variants, which are in no bundle: a third of the files. */
const variants = ['repairs', 'shortcuts'];

function isNewer(folder, built) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (variants.includes(entry.name)) continue;
    // Not with `join`: to normalize a thousand paths takes as long as to look at the files.
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory() ? isNewer(path, built) : isSource(entry.name) && modified(path) > built) return true;
  }
  return false;
}

function isSource(name) {
  return /\.([cm]?[jt]s|css|html)$/.test(name) && !name.endsWith('.test.ts');
}

function modified(path) {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
