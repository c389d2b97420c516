import { isTrouble } from '../../probe/frames.ts';
import type { Frame } from '../../probe/person.ts';
import type { Attempt } from './attempts.ts';

/** One message, who sent it, and what became of it. */
export interface Round extends Attempt {
  /** The sender, as the conversation calls them, and their true name. */
  readonly speaker: string;
  readonly name: string;
  /** The name in the address that they came by, `?name=`. */
  readonly says?: string;
  /** The true names of the others in the room. */
  readonly others: readonly string[];
  /** The copies that people got, by what the conversation calls them. */
  readonly heard: ReadonlyArray<{ readonly who: string; readonly fields: Frame['fields'] }>;
  /** Copies with another text that came meanwhile, in the name of somebody here or in one that was claimed. */
  readonly altered?: Round['heard'];
  /** What the sender was told instead. */
  readonly told?: string;
}

/** What is wrong with a round. */
export type Wrong =
  /** Somebody was shown it under another name than the sender's; `field` has that name, if a field of the message has. */
  | { readonly kind: 'spoofed'; readonly from: unknown; readonly field?: string }
  /** Somebody was shown it under the name in the sender's address. */
  | { readonly kind: 'of the address'; readonly from: string }
  /** It says who sent it, and another name that the sender made up goes with it. */
  | { readonly kind: 'passed on'; readonly field: string; readonly value: string }
  /** Somebody was shown another text than the sender wrote. */
  | { readonly kind: 'altered'; readonly text: string }
  | { readonly kind: 'crashed' }
  /** Somebody heard it, though the sender was told of an error. */
  | { readonly kind: 'told and heard'; readonly told: string }
  | { readonly kind: 'not heard'; readonly told?: string }
  | { readonly kind: 'half heard'; readonly by: readonly string[] };

/**
 * Returns what is wrong with a round; undefined if everybody heard it by its sender's name. A message that claims something
 * may be rejected: then nobody hears it.
 */
export function wrongIn(round: Round): Wrong | undefined {
  const { heard, altered = [], name, others, told, kind } = round;
  const spoofed = [...heard, ...altered].find(({ fields }) => fields.from !== name);
  if (spoofed !== undefined) {
    const { from } = spoofed.fields;
    if (typeof from === 'string' && from === round.says) return { kind: 'of the address', from };
    const claim = claimsOf(round).find(({ value }) => value === from);
    return { kind: 'spoofed', from, ...(claim === undefined ? {} : { field: claim.path }) };
  }
  const [other] = altered;
  if (other !== undefined) return { kind: 'altered', text: String(other.fields.text) };
  const passedOn = heard.map(({ fields }) => passedOnIn(fields, round)).find((found) => found !== undefined);
  if (passedOn !== undefined) return { kind: 'passed on', ...passedOn };
  if (told === FUNCTION_FAILED) return { kind: 'crashed' };
  const hearers = new Set(heard.map(({ who }) => who));
  if (told !== undefined && hearers.size > 0) return { kind: 'told and heard', told };
  const everybody = hearers.size === others.length + 1;
  if (mustBeHeard(kind)) return everybody ? undefined : { kind: 'not heard', ...(told === undefined ? {} : { told }) };
  return everybody || hearers.size === 0 ? undefined : { kind: 'half heard', by: [...hearers] };
}

/** Returns whether a message has nothing but an action and a text, so that everybody must hear it. */
export function mustBeHeard(kind: Round['kind']): boolean {
  return kind === 'plain' || kind === 'in the text';
}

/** Returns whether a frame that says something we did not may be ours: by whom it is, or what is in it. */
export function isAltered({ fields: { type, from, text: shown } }: Pick<Frame, 'fields'>, round: Round): boolean {
  if (type !== 'message') return false;
  const names: unknown[] = [round.name, ...round.others, ...claimsOf(round).map(({ value }) => value)];
  return (typeof from === 'string' && names.includes(from)) || String(shown).includes(round.text);
}

/** Returns how the room rejected a message: it told the sender, or nobody; undefined if it did not reject it. */
export function rejectionOf({ told, heard }: Pick<Round, 'told' | 'heard'>): 'told' | 'silent' | undefined {
  if (heard.length > 0) return undefined;
  return told === undefined ? 'silent' : 'told';
}

/** API Gateway's words if a function throws. */
const FUNCTION_FAILED = 'Internal server error';

/** Returns what a frame tells its reader of an error; undefined if it tells of none. */
export function troubleIn(frame: Frame | undefined): string | undefined {
  return frame !== undefined && isTrouble(frame) ? String(frame.fields.message ?? frame.text) : undefined;
}

/** What is claimed in a message, and where: `user.name`. */
interface Claim {
  readonly path: string;
  readonly value: unknown;
}

function claimsOf({ frame }: Pick<Round, 'frame'>): Claim[] {
  const { action: _, text: __, ...claimed } = JSON.parse(frame) as Record<string, unknown>;
  return leavesOf(claimed);
}

/** A room may name the people who are present in what it sends, so only names that nobody has count. */
function passedOnIn(fields: Frame['fields'], round: Round): { field: string; value: string } | undefined {
  const { from: _, text: __, ...others } = fields;
  const known: unknown[] = [round.name, ...round.others];
  const claimed = new Set(claimsOf(round).flatMap(({ value }) => (typeof value === 'string' ? value : [])));
  const found = leavesOf(others).find(({ value }) => claimed.has(String(value)) && !known.includes(value));
  return found && { field: found.path, value: String(found.value) };
}

function leavesOf(value: unknown, path = ''): Claim[] {
  if (typeof value !== 'object' || value === null) return [{ path, value }];
  return Object.entries(value).flatMap(([key, inner]) => leavesOf(inner, path === '' ? key : `${path}.${key}`));
}
