import { applyPatch, structuredPatch } from 'diff';

/** The outcome of an update for one of the learner's files. */
export type CarriedOver =
  /** The file's new content; undefined for no file. */
  | { readonly outcome: 'as it was' | 'carried over'; readonly bytes: Buffer | undefined }
  /** The newer workshop has exactly the same change. */
  | { readonly outcome: 'taken in' }
  /** Both changed the same lines: the newer workshop's version stays, and the learner's is kept beside it. */
  | { readonly outcome: 'clash' };

export interface Versions {
  /** The file as it was shipped when the learner changed it; undefined for no file, and likewise below. */
  readonly before: Buffer | undefined;
  /** As it is shipped now. */
  readonly after: Buffer | undefined;
  readonly learners: Buffer | undefined;
}

/** Applies the learner's changes in a file to the newer one, as a patch, which must fit. Pure. */
export function carryOver({ before, after, learners }: Versions): CarriedOver {
  if (isSame(before, after)) return { outcome: 'as it was', bytes: learners };
  if (isSame(after, learners)) return { outcome: 'taken in' };
  // The newer workshop no longer has this file: the learner's version is theirs.
  if (after === undefined) return { outcome: 'as it was', bytes: learners };
  if (before === undefined || learners === undefined) return { outcome: 'clash' };
  const [old, own, fresh] = [before, learners, after].map(lines);
  const patch = structuredPatch('', '', old ?? '', own ?? '', '', '', { context: 3 });
  const text = applyPatch(fresh ?? '', patch, { fuzzFactor: 0 });
  if (text === false) return { outcome: 'clash' };
  const crlf = learners.includes('\r\n');
  return { outcome: 'carried over', bytes: Buffer.from(crlf ? text.replaceAll('\n', '\r\n') : text) };
}

/** Byte for byte; undefined for no file. */
export function isSame(one: Buffer | undefined, other: Buffer | undefined): boolean {
  return one === undefined || other === undefined ? one === other : one.equals(other);
}

/** Line endings don't count: editors and git change them. */
function lines(bytes: Buffer): string {
  return bytes.toString('utf8').replaceAll('\r\n', '\n');
}
