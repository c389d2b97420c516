import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { unzipSync } from 'fflate';
import type { World } from '../../../context.ts';

/** Unzipped code, ready to run. */
export interface Code {
  /** `LAMBDA_TASK_ROOT` */
  readonly folder: string;
  /** Whether any file of it may use `import`, which needs hooks in the process. */
  readonly usesImport: boolean;
}

/** The code of functions, unzipped once per content into `<account>/functions/<sha>`. */
export class CodeFolders {
  readonly #root: string;
  readonly #blobs: Pick<World['blobs'], 'get'>;
  readonly #ready = new Map<string, Promise<Code>>();

  constructor(root: string, blobs: Pick<World['blobs'], 'get'>) {
    this.#root = root;
    this.#blobs = blobs;
  }

  /** The code of a zip, by the name of its blob. */
  of(name: string): Promise<Code> {
    let code = this.#ready.get(name);
    if (code === undefined) {
      code = this.#prepare(name);
      this.#ready.set(name, code);
      code.catch(() => this.#ready.delete(name));
    }
    return code;
  }

  /** Removes what is of no function any more: code of former deployments, and halves that a crash left. */
  async sweep(inUse: ReadonlySet<string>): Promise<void> {
    const names = await readdir(this.#root).catch(() => []);
    for (const name of names) {
      if (!inUse.has(name) && !this.#ready.has(name.split('.')[0] ?? '')) {
        await rm(join(this.#root, name), { recursive: true, force: true });
      }
    }
  }

  async #prepare(name: string): Promise<Code> {
    const folder = join(this.#root, name);
    const there = await stat(folder).catch(() => undefined);
    if (there === undefined) await this.#unzip(name, folder);
    return { folder, usesImport: await usesImport(folder) };
  }

  /** Written beside and renamed into place, so that the folder is whole or not there. */
  async #unzip(name: string, folder: string): Promise<void> {
    const files = unzipSync(await this.#blobs.get(name));
    const temporary = `${folder}.${process.pid}-${Date.now()}`;
    await mkdir(temporary, { recursive: true });
    for (const [path, bytes] of Object.entries(files)) {
      const target = join(temporary, path);
      if (!target.startsWith(temporary + sep)) throw new Error(`The zip holds a file outside of itself: ${path}`);
      if (path.endsWith('/')) {
        await mkdir(target, { recursive: true });
      } else {
        await mkdir(dirname(target), { recursive: true });
        await writeFile(target, bytes);
      }
    }
    await rename(temporary, folder);
  }
}

/** A text search that may say yes too often (the word in a comment), which costs some milliseconds and no more. */
async function usesImport(folder: string): Promise<boolean> {
  const paths = await readdir(folder, { recursive: true });
  for (const path of paths) {
    if (path.endsWith('.mjs')) return true;
    if (!/\.[cm]?js$/.test(path)) continue;
    const text = await readFile(join(folder, path), 'utf8').catch(() => '');
    if (/(^|[^.\w$])import(\s*[({*'"]|\s+[\w$])/m.test(text)) return true;
  }
  return false;
}
