import { existsSync, readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { basename, dirname, join } from 'node:path';
import type { Subject } from '../checking/check.ts';
import { propertiesIn } from './declared.ts';
import { assembliesOf } from './locate.ts';
import { observeTemplate } from './template.ts';

/**
 * A stack frame in what NodejsFunction bundled, on AWS or in a practice account: what comes before the path, and the
 * line and column in the file.
 */
const FRAME =
  /^(\s+at (?:async )?(?:.*\()?)[^()]*?(?:\/var\/task|[\\/]functions[\\/][0-9a-f]{64})[\\/]index\.m?js:(\d+):(\d+)(\)?)$/;

/** The banner of a module in a bundle. The first one is the entry's, which esbuild puts before its imports. */
const MODULE = /^\/\/ (\S+\.[cm]?[jt]sx?)$/m;

/** The part of a subject that says what a function was bundled from. */
export type Bundled = Pick<Subject, 'target' | 'stack' | 'resources' | 'root' | 'labFolder'>;

/** Whether a log line has a stack frame in a bundle. */
export function namesBundle(line: string): boolean {
  return /\bindex\.m?js:\d+:\d+/.test(line);
}

/**
 * Returns what replaces a place in a function's deployed bundle by the learner's own line in a stack frame, or by words
 * if bundling the learner's files again doesn't give that bundle.
 */
export async function ownLines(subject: Bundled, functionName: string): Promise<(line: string) => string> {
  const map = await sourceMapOf(subject, functionName).catch(() => undefined);
  return (line) =>
    line.replace(FRAME, (_, before, at, column, after) => {
      const { fileName, lineNumber, columnNumber } = { ...map?.findOrigin(Number(at), Number(column)) };
      return fileName === undefined
        ? `${before}the deployed bundle, line ${at}${after}`
        : `${before}${fileName}:${lineNumber}:${columnNumber}${after}`;
    });
}

/** Returns the source map of the function's deployed code; undefined if the learner's files aren't what was bundled. */
async function sourceMapOf(subject: Bundled, functionName: string): Promise<SourceMap | undefined> {
  const { root, labFolder } = subject;
  const bundle = await observeBundle(subject, functionName);
  if (bundle === undefined) return undefined;
  const { file, text: deployed, runtime } = bundle;
  const [, entry = ''] = MODULE.exec(deployed) ?? [];
  // Paths in a bundle are relative to the folder of the lock file.
  const project = foldersAround(labFolder).find((folder) => existsSync(join(folder, entry)));
  // As NodejsFunction calls it by default.
  const { build } = await import('esbuild');
  const { outputFiles } = await build({
    absWorkingDir: project,
    entryPoints: [entry],
    bundle: true,
    platform: 'node',
    target: runtime.replace(/^nodejs(\d+)\.x$/, 'node$1'),
    format: file.endsWith('.mjs') ? 'esm' : 'cjs',
    external: ['@aws-sdk/*', '@smithy/*'],
    // So that the map names the sources as people see them.
    outfile: join(root, basename(file)),
    sourcemap: 'external',
    write: false,
    logLevel: 'silent',
  });
  const [map, code] = outputFiles;
  return map === undefined || code?.text !== deployed ? undefined : new SourceMap(JSON.parse(map.text));
}

/**
 * Returns the file in a synthesis that a function's deployed code came from; undefined if it was synthesized elsewhere,
 * or isn't a bundle.
 */
async function observeBundle(
  subject: Bundled,
  functionName: string,
): Promise<{ file: string; text: string; runtime: string } | undefined> {
  const { root, labFolder, resources } = subject;
  const { logicalId = '' } = resources.find(({ physicalId }) => physicalId === functionName) ?? {};
  const { Code, Runtime } = propertiesIn(await observeTemplate(subject))[logicalId] ?? {};
  const { S3Key = '' } = { ...(Code as { readonly S3Key?: string } | undefined) };
  const asset = `asset.${basename(S3Key, '.zip')}`;
  const file = assembliesOf({ root, labFolder })
    .flatMap((assembly) => ['index.js', 'index.mjs'].map((name) => join(assembly, asset, name)))
    .find((path) => existsSync(path));
  return file === undefined ? undefined : { file, text: readFileSync(file, 'utf8'), runtime: String(Runtime) };
}

/** Returns the parts of a function's deployed bundle that aren't from packages; empty if that bundle isn't known. */
export async function observeOwnCode(subject: Bundled, functionName: string): Promise<string> {
  const { text = '' } = { ...(await observeBundle(subject, functionName)) };
  return ownCodeIn(text);
}

/** Returns a bundle without the modules of packages. A minified one has no banners, and is returned whole. */
export function ownCodeIn(bundle: string): string {
  return bundle
    .split(/^(?=\s*\/\/ \S+\.[cm]?[jt]sx?$)/m)
    .filter((part) => !/^\s*\/\/ \S*node_modules\//.test(part))
    .join('');
}

function foldersAround(folder: string): string[] {
  const parent = dirname(folder);
  return parent === folder ? [folder] : [folder, ...foldersAround(parent)];
}
