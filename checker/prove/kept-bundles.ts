import type { SpawnSyncOptions, SpawnSyncReturns } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';

type Exec = (command: string, args: readonly string[], options?: SpawnSyncOptions) => SpawnSyncReturns<Buffer>;

/** A bundle that was built once, and the files that it was built from. */
interface Bundle {
  /** Digests by path; paths in the workshop are relative to it. */
  readonly inputs: ReadonlyArray<readonly [path: string, digest: string]>;
  readonly text: Buffer;
}

/**
 * Lets NodejsFunction reuse a bundle that esbuild built in this process before, from the same files in another copy of
 * the workshop. `within` is the copy that is being synthesized; before the first one, nothing is kept: finding out what
 * a bundle depends on reads a whole copy, and other lanes change theirs.
 */
export function keepBundles(root: string): { within(workshop: string): void } {
  let workshop: string | undefined;
  const kept = new Map<string, Bundle[]>();
  const util = bundlingModule(root);
  // Without it, each bundle is built again.
  if (util === undefined) return { within() {} };
  const { exec } = util;
  util.exec = (command, args, options) => {
    const copy = workshop;
    const call = copy === undefined ? undefined : readCall(command, args, options, copy);
    if (copy === undefined || call === undefined) return exec(command, args, options);
    const bundles = kept.get(call.key) ?? [];
    kept.set(call.key, bundles);
    const same = bundles.find(({ inputs }) =>
      inputs.every(([path, digest]) => digestOf(resolve(copy, path)) === digest),
    );
    if (same !== undefined) {
      writeFileSync(call.outfile, same.text);
      return done;
    }
    const scratch = mkdtempSync(join(tmpdir(), 'websocket-lab-bundle-'));
    try {
      const metafile = join(scratch, 'meta.json');
      const ended = exec(command, [...args, `--metafile=${metafile}`], options);
      const { inputs } = JSON.parse(readFileSync(metafile, 'utf8')) as { inputs: Readonly<Record<string, unknown>> };
      const paths = Object.keys(inputs).map((path) => resolve(call.folder, path));
      bundles.push({
        inputs: paths.map((path) => [fromWorkshop(copy, path), digestOf(path)]),
        text: readFileSync(call.outfile),
      });
      return ended;
    } finally {
      rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
    }
  };
  return {
    within(folder) {
      // esbuild names its inputs by their real paths.
      workshop = realpathSync(folder);
    },
  };
}

const done: SpawnSyncReturns<Buffer> = {
  pid: 0,
  output: [],
  stdout: Buffer.alloc(0),
  stderr: Buffer.alloc(0),
  status: 0,
  signal: null,
};

/** An esbuild call whose only output is one file, and its cache key; undefined for any other call. */
function readCall(
  command: string,
  args: readonly string[],
  options: SpawnSyncOptions | undefined,
  workshop: string,
): { readonly key: string; readonly outfile: string; readonly folder: string } | undefined {
  const [, entry = ''] = args;
  const named = args.find((arg) => arg.startsWith('--outfile='));
  const outfile = named?.slice('--outfile='.length);
  const isOther = args.some((arg) =>
    /^--(metafile|sourcemap|outdir|splitting|tsconfig|inject|watch|serve)\b/.test(arg),
  );
  if (!/^esbuild(\.exe)?$/.test(basename(command)) || args[0] !== '--bundle' || outfile === undefined || isOther)
    return;
  if (!resolve(entry).startsWith(workshop + sep)) return;
  const environment = Object.entries(options?.env ?? {}).filter(([name, value]) => process.env[name] !== value);
  const rest = args.slice(2).filter((arg) => arg !== named);
  // A new file may shadow another one, so the file names count as well.
  const key = JSON.stringify([fromWorkshop(workshop, entry), rest, environment, namesIn(workshop)]);
  return { key, outfile, folder: String(options?.cwd ?? process.cwd()) };
}

function fromWorkshop(workshop: string, path: string): string {
  return path.startsWith(workshop + sep) ? relative(workshop, path) : path;
}

function namesIn(workshop: string): string[] {
  const names = readdirSync(workshop, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = names.map((entry) => relative(workshop, join(entry.parentPath ?? entry.path, entry.name)));
  return paths.filter((path) => !path.startsWith('.lab')).sort();
}

function digestOf(path: string): string {
  try {
    return createHash('sha256').update(readFileSync(path)).digest('hex');
  } catch {
    return '';
  }
}

/** By its path: the library doesn't export it, and another version may have it elsewhere. */
function bundlingModule(root: string): { exec: Exec } | undefined {
  try {
    const require = createRequire(join(root, 'package.json'));
    const library = dirname(require.resolve('aws-cdk-lib/package.json'));
    return require(join(library, 'aws-lambda-nodejs', 'lib', 'util.js')) as { exec: Exec };
  } catch {
    return undefined;
  }
}
