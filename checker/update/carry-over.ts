import { applyPatch, structuredPatch } from 'diff';

/** What becomes of one file of the learner's in an update. */
export type CarriedOver =
  /** What the file is to be now; undefined is no file. */
  | { readonly outcome: 'as it was' | 'carried over'; readonly bytes: Buffer | undefined }
  /** The newer workshop has the very same. */
  | { readonly outcome: 'taken in' }
  /** Both changed the same lines: the newer workshop's stays, and the learner's is kept beside. */
  | { readonly outcome: 'clash' };

export interface Versions {
  /** The file as it was shipped when the learner changed it; undefined is no file, and so below. */
  readonly before: Buffer | undefined;
  /** As it is shipped now. */
  readonly after: Buffer | undefined;
  readonly learners: Buffer | undefined;
}

/** Applies what the learner changed in a file to the newer one: a patch, which must fit. Pure. */
export function carryOver({ before, after, learners }: Versions): CarriedOver {
  if (isSame(before, after)) return { outcome: 'as it was', bytes: learners };
  if (isSame(after, learners)) return { outcome: 'taken in' };
  // The newer workshop has no such file any more: what somebody made of it is theirs.
  if (after === undefined) return { outcome: 'as it was', bytes: learners };
  if (before === undefined || learners === undefined) return { outcome: 'clash' };
  const [old, own, fresh] = [before, learners, after].map(lines);
  const patch = structuredPatch('', '', old ?? '', own ?? '', '', '', { context: 3 });
  const text = applyPatch(fresh ?? '', patch, { fuzzFactor: 0 });
  if (text === false) return { outcome: 'clash' };
  const crlf = learners.includes('\r\n');
  return { outcome: 'carried over', bytes: Buffer.from(crlf ? text.replaceAll('\n', '\r\n') : text) };
}

/** To the byte; undefined is no file. */
export function isSame(one: Buffer | undefined, other: Buffer | undefined): boolean {
  return one === undefined || other === undefined ? one === other : one.equals(other);
}

/** The ends of lines do not count: editors and git change them. */
function lines(bytes: Buffer): string {
  return bytes.toString('utf8').replaceAll('\r\n', '\n');
}
