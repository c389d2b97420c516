import { renameSync } from 'node:fs';
import { mkdir, readdir, readFile, readlink, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { dirname, join, sep } from 'node:path';
import type { World } from '../../../calls/context.ts';
import { unpack } from '../unpack.ts';
import { readDirectory } from '../zip-directory.ts';
import { CodeSeal } from './code-seal.ts';
import { functionPackages, packagesFolder, sdkScopes } from './sdk-packages.ts';

/** Unzipped code, ready to run. */
export interface Code {
  /** `LAMBDA_TASK_ROOT` */
  readonly folder: string;
  /** Whether `import` may request a package that AWS doesn't have, so that hooks are needed. */
  readonly needsHooks: boolean;
}

/** How many files are written at once: that takes hardly longer than one. */
const atOnce = 64;

/** The names in the folder besides the code. */
const furniture = ['node_modules', 'package.json'];

/** The code of functions, unzipped once per content into `<account>/functions/<sha>`. */
export class CodeFolders {
  readonly #root: string;
  readonly #blobs: Pick<World['blobs'], 'get'>;
  readonly #ready = new Map<string, Promise<Code>>();
  readonly #seals = new Map<string, CodeSeal>();
  #furnished: Promise<void> | undefined;

  constructor(root: string, blobs: Pick<World['blobs'], 'get'>) {
    this.#root = root;
    this.#blobs = blobs;
  }

  /** The code of a zip, by its blob's name. Checked each time, and unzipped again if it differs from the zip. */
  of(name: string): Promise<Code> {
    const before = this.#ready.get(name);
    const code = before === undefined ? this.#prepare(name) : before.then((ready) => this.#checked(name, ready));
    this.#ready.set(name, code);
    code.catch(() => this.#ready.delete(name));
    return code;
  }

  /** Removes code that no function uses: of earlier deployments, and partial ones that a crash left. */
  async sweep(inUse: ReadonlySet<string>): Promise<void> {
    const names = await readdir(this.#root).catch(() => []);
    for (const name of names) {
      const [whole = ''] = name.split('.');
      if (furniture.includes(name) || inUse.has(name) || this.#ready.has(whole)) continue;
      const leaving = join(this.#root, `${whole}.gone`);
      await rm(name === whole ? leaving : join(this.#root, name), { recursive: true, force: true });
      // Code can be requested at any time: it is either complete or missing, and no sweep is running.
      if (name !== whole || this.#ready.has(whole)) continue;
      renameSync(join(this.#root, name), leaving);
      await rm(leaving, { recursive: true, force: true });
    }
  }

  async #prepare(name: string): Promise<Code> {
    const folder = join(this.#root, name);
    const files = await unzip(await this.#blobs.get(name));
    const seal = new CodeSeal(files);
    if (!(await seal.fits(folder))) await this.#write(files, folder);
    this.#seals.set(name, seal);
    this.#furnished ??= this.#furnish().catch((error) => {
      this.#furnished = undefined;
      throw error;
    });
    await this.#furnished;
    return { folder, needsHooks: await needsHooks(folder) };
  }

  async #checked(name: string, code: Code): Promise<Code> {
    return (await this.#seals.get(name)?.fits(code.folder)) ? code : this.#prepare(name);
  }

  /**
   * Creates the folder around the code as on AWS. The SDK is beside it: `import` finds it there without hooks, which
   * cost 70 ms of a start on Node 20. An empty package.json keeps the workshop's module type out.
   */
  async #furnish(): Promise<void> {
    const packages = join(this.#root, 'node_modules');
    await mkdir(packages, { recursive: true });
    await writeFile(join(this.#root, 'package.json'), '{}\n');
    for (const scope of sdkScopes) {
      const target = join(functionPackages(), scope);
      const link = join(packages, scope);
      if ((await readlink(link).catch(() => undefined)) === target) continue;
      await rm(link, { recursive: true, force: true });
      await symlink(target, link, 'junction');
    }
  }

  /** Written to a temporary folder and renamed into place, so that the folder is complete or missing. */
  async #write(files: Readonly<Record<string, Uint8Array>>, folder: string): Promise<void> {
    const temporary = `${folder}.${process.pid}-${Date.now()}`;
    await mkdir(temporary, { recursive: true });
    const entries = Object.entries(files);
    for (const [path] of entries) {
      const target = join(temporary, path);
      if (!target.startsWith(temporary + sep))
        throw new Error(`The zip contains a path outside of its folder: ${path}`);
      await mkdir(path.endsWith('/') ? target : dirname(target), { recursive: true });
    }
    const contents = entries.filter(([path]) => !path.endsWith('/'));
    while (contents.length > 0) {
      const some = contents.splice(0, atOnce);
      await Promise.all(some.map(([path, bytes]) => writeFile(join(temporary, path), bytes, { flush: true })));
    }
    const damaged = `${folder}.gone`;
    await rm(damaged, { recursive: true, force: true });
    await rename(folder, damaged).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
    });
    await rename(temporary, folder);
    await rm(damaged, { recursive: true, force: true });
  }
}

/** The files of a zip by their paths; one that ends with a slash is an empty folder. */
async function unzip(zip: Buffer): Promise<Record<string, Uint8Array>> {
  const files: Array<[string, Uint8Array]> = [];
  for (const entry of await readDirectory(zip)) {
    files.push([entry.name, entry.name.endsWith('/') ? Buffer.alloc(0) : await unpack(entry)]);
  }
  return Object.fromEntries(files);
}

/**
 * A text search that may find too much (a string that looks like an import), which only costs some milliseconds at each
 * start. A bundle for AWS imports only the SDK and Node's own modules.
 */
async function needsHooks(folder: string): Promise<boolean> {
  const paths = await readdir(folder, { recursive: true });
  for (const path of paths) {
    if (!/\.[cm]?js$/.test(path)) continue;
    const text = await readFile(join(folder, path), 'utf8').catch(() => '');
    if (/\bimport\s*\(\s*[^\s"']/.test(text)) return true;
    for (const [, name = ''] of text.matchAll(/\b(?:from|import)\s*\(?\s*["']([^"'\n]+)["']/g)) {
      if (!name.startsWith('.') && !isBuiltin(name) && !(await isOfSdkHere(name))) return true;
    }
  }
  return false;
}

/** Whether a package is one of the SDK's that are beside the code. Hooks handle the others. */
async function isOfSdkHere(name: string): Promise<boolean> {
  const [scope = '', rest = ''] = name.split('/');
  if (!sdkScopes.includes(scope)) return false;
  return (await stat(join(packagesFolder(), scope, rest)).catch(() => undefined)) !== undefined;
}
