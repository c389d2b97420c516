import { renameSync } from 'node:fs';
import { mkdir, readdir, readFile, readlink, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { dirname, join, sep } from 'node:path';
import { unzipSync } from 'fflate';
import { packageRoot } from '../../../account/package-root.ts';
import type { World } from '../../../calls/context.ts';

/** Unzipped code, ready to run. */
export interface Code {
  /** `LAMBDA_TASK_ROOT` */
  readonly folder: string;
  /** Whether `import` may ask for a package that AWS does not have, so that hooks must see to it. */
  readonly needsHooks: boolean;
}

/** What the Node.js runtime on AWS brings. */
const sdkScopes = ['@aws-sdk', '@smithy'];

/** What lies in the folder of folders beside the code. */
const furniture = ['node_modules', 'package.json'];

/** The code of functions, unzipped once per content into `<account>/functions/<sha>`. */
export class CodeFolders {
  readonly #root: string;
  readonly #blobs: Pick<World['blobs'], 'get'>;
  readonly #ready = new Map<string, Promise<Code>>();
  #furnished: Promise<void> | undefined;

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
      const [whole = ''] = name.split('.');
      if (furniture.includes(name) || inUse.has(name) || this.#ready.has(whole)) continue;
      const leaving = join(this.#root, `${whole}.gone`);
      await rm(name === whole ? leaving : join(this.#root, name), { recursive: true, force: true });
      // Somebody may ask for the code at any time: they find it whole or not at all, and then no sweep is at it.
      if (name !== whole || this.#ready.has(whole)) continue;
      renameSync(join(this.#root, name), leaving);
      await rm(leaving, { recursive: true, force: true });
    }
  }

  async #prepare(name: string): Promise<Code> {
    const folder = join(this.#root, name);
    const there = await stat(folder).catch(() => undefined);
    if (there === undefined) await this.#unzip(name, folder);
    this.#furnished ??= this.#furnish().catch((error) => {
      this.#furnished = undefined;
      throw error;
    });
    await this.#furnished;
    return { folder, needsHooks: await needsHooks(folder) };
  }

  /**
   * Makes the folder around the code as it is on AWS. The SDK lies beside it: `import` finds it there without hooks,
   * which cost 70 ms of a start on Node 20. An empty package.json keeps out what the workshop's says of modules.
   */
  async #furnish(): Promise<void> {
    const packages = join(this.#root, 'node_modules');
    await mkdir(packages, { recursive: true });
    await writeFile(join(this.#root, 'package.json'), '{}\n');
    for (const scope of sdkScopes) {
      const target = join(packageRoot(), 'node_modules', scope);
      const link = join(packages, scope);
      if ((await readlink(link).catch(() => undefined)) === target) continue;
      await rm(link, { recursive: true, force: true });
      await symlink(target, link, 'junction');
    }
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

/**
 * A search through the text, which may find too much (a string that reads like an import) and then costs some
 * milliseconds at each start, but no more. A bundle made for AWS imports the SDK and Node's own modules only.
 */
async function needsHooks(folder: string): Promise<boolean> {
  const paths = await readdir(folder, { recursive: true });
  for (const path of paths) {
    if (!/\.[cm]?js$/.test(path)) continue;
    const text = await readFile(join(folder, path), 'utf8').catch(() => '');
    if (/\bimport\s*\(\s*[^\s"']/.test(text)) return true;
    for (const [, name = ''] of text.matchAll(/\b(?:from|import)\s*\(?\s*["']([^"'\n]+)["']/g)) {
      if (!name.startsWith('.') && !isBuiltin(name) && !sdkScopes.some((scope) => name.startsWith(`${scope}/`)))
        return true;
    }
  }
  return false;
}
