import { type DoorClaims, placeOfClaim } from '../../probe/door-claims.ts';
import { commonFields, isNameLike, usual } from '../../probe/field-names.ts';
import { isCrash, isTrouble } from '../../probe/frames.ts';
import type { Frame } from '../../probe/person.ts';
import type { Attempt } from './attempt.ts';
import { isCommand, isElsewhere, isJoint, mayBeAnswered, mayBeForSome, mayMeanAnything, mustBeHeard } from './kinds.ts';

/** One message, who sent it, and what became of it. */
export interface Round extends Attempt {
  /** The sender's label in the conversation, and their true name. */
  readonly speaker: string;
  readonly name: string;
  /** The names that they claimed when they connected. */
  readonly atTheDoor?: DoorClaims;
  /** The names in the sender's attributes, which anyone can write about themselves. */
  readonly profile?: Readonly<Record<string, string>>;
  /** The true names of the others in the room. */
  readonly others: readonly string[];
  /** The labels of everyone in the room, the sender included. */
  readonly present: readonly string[];
  /** The label of the one whose row says that they connected long ago. */
  readonly old?: string;
  /** The copies that people got, by their labels in the conversation. */
  readonly heard: ReadonlyArray<{ readonly who: string; readonly fields: Frame['fields'] }>;
  /** Copies with a different text that arrived meanwhile, from somebody here or under a claimed name. */
  readonly altered?: Round['heard'];
  /** A frame with its text that is no message, if nobody got it as one. */
  readonly instead?: string;
  /** The error that the sender got. */
  readonly told?: string;
  /** The people whose connections the room closed, by their labels in the conversation. */
  readonly closed?: readonly string[];
}

/** A fault in a round. */
export type Wrong =
  /**
   * Somebody got it under a name other than the sender's; `fields` are the message fields with that name, if one of
   * them alone can be the reason.
   */
  | { readonly kind: 'spoofed'; readonly from: unknown; readonly fields: readonly string[] }
  /** Somebody got it under a name that the sender claimed at the handshake, in this place. */
  | { readonly kind: 'of the address'; readonly from: string; readonly place: string }
  /** Somebody got it under a name that has one from this attribute of the sender's. */
  | { readonly kind: 'of the profile'; readonly from: string; readonly attribute: string }
  /** It has the sender's name, but also delivers another name that the sender made up. */
  | { readonly kind: 'passed on'; readonly field: string; readonly value: string }
  /** Somebody got a text other than the sender wrote. */
  | { readonly kind: 'altered'; readonly text: string | undefined }
  | { readonly kind: 'crashed' }
  /** The room closed somebody's connection, and not to reject their own message. */
  | { readonly kind: 'closed'; readonly who: string }
  /** Somebody got it, although the sender got an error. */
  | { readonly kind: 'told and heard'; readonly told: string }
  | { readonly kind: 'not heard'; readonly told?: string; readonly instead?: string }
  | { readonly kind: 'half heard' };

/**
 * Returns what is wrong with a round; undefined if everyone got the message under its sender's name. A message that
 * claims something may be rejected: then nobody gets it.
 */
export function wrongIn(round: Round): Wrong | undefined {
  const { heard, altered = [], others, told, closed = [], speaker, kind } = round;
  // Such a place may mean something else, so nothing but a claimed name counts.
  if (kind === 'at the door') return ofTheAddressIn(round);
  const spoofed = [...heard, ...altered].find(({ fields: { from } }) => isFalseName(from, round));
  if (spoofed !== undefined) {
    const { from } = spoofed.fields;
    const place = round.atTheDoor && placeOfClaim(round.atTheDoor, from);
    if (place !== undefined) return { kind: 'of the address', from: asText(from), place };
    const shown = asText(from);
    const [attribute] = Object.entries(round.profile ?? {}).find(([, own]) => shown.includes(own)) ?? [];
    if (attribute !== undefined) return { kind: 'of the profile', from: shown, attribute };
    // Flags may matter as much as the name that all of these fields have.
    const claims = isJoint(kind) ? [] : claimsOf(round).filter(({ value }) => value === from);
    return { kind: 'spoofed', from, fields: claims.map(({ path }) => path) };
  }
  const passedOn = heard.map(({ fields }) => passedOnIn(fields, round)).find((found) => found !== undefined);
  if (passedOn !== undefined) return { kind: 'passed on', ...passedOn };
  if (isCommand(kind) && isCrash(told)) return { kind: 'crashed' };
  // With these, only the name counts.
  if (isElsewhere(kind) || mayMeanAnything(kind)) return undefined;
  const [other] = altered;
  if (other !== undefined)
    return { kind: 'altered', text: other.fields.text === undefined ? undefined : asText(other.fields.text) };
  // A room can reject a claim by closing its sender's connection.
  const isRejected = !mustBeHeard(kind) && heard.length === 0;
  const who = closed.find((label) => label !== speaker || !isRejected);
  if (who !== undefined) return { kind: 'closed', who };
  if (isCrash(told)) return { kind: 'crashed' };
  const hearers = new Set(heard.map(({ who }) => who));
  if (told !== undefined && hearers.size > 0) return { kind: 'told and heard', told };
  if (hearers.size === others.length + 1) return undefined;
  // The sender's own error can quote the text.
  if (mustBeHeard(kind)) return { kind: 'not heard', ...(told === undefined ? { instead: round.instead } : { told }) };
  return hearers.size === 0 || mayBeForSome(kind) ? undefined : { kind: 'half heard' };
}

/** Returns the labels of those who didn't get a message. */
export function missedBy({ present, heard }: Pick<Round, 'present' | 'heard'>): string[] {
  return present.filter((label) => !heard.some(({ who }) => who === label));
}

/** Returns a name that somebody got and that the sender claimed at the handshake, if there is one. */
function ofTheAddressIn({ heard, atTheDoor }: Round): Wrong | undefined {
  for (const { fields } of heard) {
    const place = atTheDoor && placeOfClaim(atTheDoor, fields.from);
    if (place !== undefined) return { kind: 'of the address', from: asText(fields.from), place };
  }
  return undefined;
}

/** A message, and whose names matter in what people got. */
type Sent = Pick<Round, 'kind' | 'frame' | 'claimed' | 'name' | 'others'>;

/**
 * Returns whether a copy of a message has a name that it must not have. Another route can answer in a name of its own,
 * and a bot answers commands: then only names that were claimed count.
 */
export function isFalseName(from: unknown, sent: Sent): boolean {
  return from !== sent.name && (!mayBeAnswered(sent.kind) || isClaimed(from, sent));
}

/** Returns whether a name is another person's, or one that the message claims: a command can take the whole line. */
function isClaimed(from: unknown, sent: Sent): boolean {
  const { others, claimed = [] } = sent;
  const names: unknown[] = [...others, ...claimed, ...claimsOf(sent).map(({ value }) => value)];
  return names.includes(from) || claimed.some((name) => asText(from).startsWith(name));
}

/** How many characters in a row show which text they are from. */
const LEAST_PART = 12;

/** Returns whether a frame with a text that we didn't send may be ours, judging by its sender or its content. */
export function isAltered({ fields: { type, from, text: shown } }: Pick<Frame, 'fields'>, round: Round): boolean {
  if (type !== 'message') return false;
  const names: unknown[] = [
    round.name,
    ...round.others,
    ...(round.claimed ?? []),
    ...claimsOf(round).map(({ value }) => value),
  ];
  return (typeof from === 'string' && names.includes(from)) || isLike(asText(shown), round.text);
}

/**
 * Returns a text, and as JSON anything else that a room can deliver instead: `String` throws for `{"toString":1}`.
 */
export function asText(shown: unknown): string {
  return typeof shown === 'string' ? shown : (JSON.stringify(shown) ?? '');
}

/** Returns whether a text is a part of one that somebody sent, or has it as a part. */
export function isLike(shown: string, sent: string): boolean {
  const [part, whole] = shown.length < sent.length ? [shown, sent] : [sent, shown];
  return part.length >= LEAST_PART && whole.includes(part);
}

/**
 * Returns how the room rejected a message: with an error to the sender, by closing the sender's connection, or
 * silently; undefined if it did not reject it.
 */
export function rejectionOf({
  told,
  heard,
  closed,
}: Pick<Round, 'told' | 'heard' | 'closed'>): 'told' | 'closed' | 'silent' | undefined {
  if (heard.length > 0) return undefined;
  if (told !== undefined) return 'told';
  return closed === undefined ? 'silent' : 'closed';
}

/** Returns the error in a frame; undefined if it has none. */
export function troubleIn(frame: Frame | undefined): string | undefined {
  return frame !== undefined && isTrouble(frame) ? asText(frame.fields.message ?? frame.text) : undefined;
}

/** A claimed value, and its field: `user.name`. */
interface Claim {
  readonly path: string;
  readonly value: unknown;
}

/** Returns what a message claims, in the order of its fields. */
export function claimsOf({ frame }: Pick<Round, 'frame'>): Claim[] {
  const { action: _, text, ...claimed } = JSON.parse(frame) as Record<string, unknown>;
  return leavesOf(typeof text === 'string' ? claimed : { ...claimed, text });
}

/** An id by which a client recognizes its own message, or something in it. */
const CLIENT_ID = /^client[-_]?id(?:$|\.)/i;

/** The fields of a frame that a client may show as the sender. */
const shownAsNames = new Set<string>([...usual, ...commonFields().filter((field) => !CLIENT_ID.test(field))]);

/**
 * A room may include the names of people who are present, so only names that nobody has count. It may also return
 * fields that mean something else.
 */
function passedOnIn(fields: Frame['fields'], round: Round): { field: string; value: string } | undefined {
  // The room can deliver such a value without reading the name: `"lang":"en"`. A connection's key is no name.
  if (isJoint(round.kind) || round.kind === 'known name' || round.kind === 'connection') return undefined;
  const { from: _, text: __, ...others } = fields;
  const known: unknown[] = [round.name, ...round.others];
  const isName = ({ path }: Claim) => isNameLike(path) && !CLIENT_ID.test(path);
  const isShown = ({ path }: Claim) => shownAsNames.has(path);
  const claims = claimsOf(round).filter(({ value }) => typeof value === 'string' && !known.includes(value));
  const isPassedOn = (leaf: Claim) =>
    claims.some((claim) => claim.value === String(leaf.value) && (isName(claim) || isShown(leaf)));
  const found = leavesOf(others).find(isPassedOn);
  return found && { field: found.path, value: String(found.value) };
}

function leavesOf(value: unknown, path = ''): Claim[] {
  if (typeof value !== 'object' || value === null) return [{ path, value }];
  return Object.entries(value).flatMap(([key, inner]) => leavesOf(inner, path === '' ? key : `${path}.${key}`));
}
