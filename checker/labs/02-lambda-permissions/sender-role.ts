import { TooComplex } from '../../../sandbox/iam-policy/access/witness.ts';
import type { Place, Room, StackResource, Subject } from '../../checking/check.ts';
import { LabError } from '../../failures/errors.ts';
import { observeByHand, takeOff } from '../../observe/by-hand.ts';
import { lineWith } from '../../observe/handler-sources.ts';
import { hasMoreThan, observeReached, type ReachedFunction } from '../../observe/other-functions.ts';
import { observeOwnCode } from '../../observe/own-lines.ts';
import { observeRolePolicies } from '../../observe/role-policies.ts';
import { openRoom } from '../../observe/room.ts';
import { accessKeyId, observeSender, type Sender } from '../../observe/sender.ts';
import { simulate } from '../../observe/simulate.ts';
import { observeTrustedBy } from '../../observe/trusted-by.ts';
import { distinctId } from './distinct-id.ts';
import { type Excess, listed, subtractReference } from './excess.ts';
import { grantingLine } from './granting-line.ts';
import { linesOf } from './lines-of.ts';
import { referenceFor } from './reference.ts';
import type { Confirmed } from './too-much.ts';

/** What the sending function's role allows. */
export interface SenderRole {
  readonly room: Room;
  /** The sending function; undefined if the route invokes none. */
  readonly sender?: Pick<Sender, 'logicalId' | 'roleArn' | 'roleName' | 'keysIn'>;
  /** Set if the function's code has an access key; its place, if the learner's files have it. */
  readonly keyInCode?: { readonly place?: Place | undefined };
  /** The role's logical id, if the file defines it separately from the function. */
  readonly apart?: string;
  /** How many statements of which policies were read. */
  readonly read: readonly string[];
  /** The statements that allow more than the function needs. */
  readonly excess: readonly Excess[];
  /** The line of the file that the first of them comes from. */
  readonly place?: Place;
  /** How to remove the first one, if it is in the account but not in the file. */
  readonly byHand?: string;
  /** IAM's answer about one call for each of them, or why it was not asked. */
  readonly confirmed: Confirmed;
  /** Harmless permissions beyond the role's needs. */
  readonly noteworthy: readonly string[];
  /** Roles of the account whose trust policy names this one, by ARN. */
  readonly trustedBy: readonly string[];
  /** Functions of the stack that it can change or invoke because of their own policies. */
  readonly reached: ReadonlyArray<ReachedFunction & { readonly hasMore: boolean }>;
  /** The parts that weren't checked. */
  readonly notAll: readonly string[];
}

/** How many statements IAM is asked about, one call each. AWS allows two simulations a second. */
const mostConfirmed = 5;

/** Looks at what the sending function's role allows. `onTables`: what the function does to the room's tables. */
export async function observeSenderRole(subject: Subject, onTables?: readonly string[]): Promise<SenderRole> {
  const room = openRoom(subject);
  const sender = await observeSender(subject, room);
  if (sender === undefined) {
    return { room, read: [], excess: [], confirmed: [], noteworthy: [], trustedBy: [], reached: [], notAll: [] };
  }
  const role = subject.resources.find(
    ({ type, physicalId }) => type === 'AWS::IAM::Role' && physicalId === sender.roleName,
  );
  const reference = referenceFor(room, subject.resources, onTables);
  const policies = await observeRolePolicies(subject, sender.roleName);
  const { excess, noteworthy } = subtracted(policies, reference, sender, subject.target.region);
  const [confirmed, trusted, reached, code] = await Promise.all([
    confirm(subject, sender, excess),
    observeTrustedBy(subject, sender),
    observeReached(subject, sender, policies),
    observeOwnCode(subject, sender.functionName),
  ]);
  const [key] = accessKeyId.exec(code) ?? [];
  const calls = [...reference.silent, ...reference.noteworthy.flatMap((each) => each.calls)];
  const others = await Promise.all(
    reached.functions
      .filter(({ byOwnPolicies }) => !byOwnPolicies)
      .map(async (each) => ({ ...each, hasMore: await hasMoreThan(subject, each.name, calls) })),
  );
  const byHand = await observeMadeByHand(subject, sender, excess[0]);
  const place = excess[0] && byHand === undefined ? placeOf(subject, sender, excess[0]) : undefined;
  return {
    room,
    sender,
    ...(key === undefined ? {} : { keyInCode: { place: lineWith(subject, key) } }),
    ...(role === undefined || isMadeWith(sender, role, subject) ? {} : { apart: role.logicalId }),
    read: [
      ...policies.identity.map(({ name }) => name),
      ...(policies.boundaryName === undefined ? [] : [`${policies.boundaryName} (permissions boundary)`]),
    ],
    excess,
    place,
    byHand,
    confirmed,
    noteworthy,
    trustedBy: trusted.roles,
    reached: others,
    notAll: [trusted.notAll ?? [], reached.notAll].flat(),
  };
}

/** Returns the line of the learner's file that grants the sending function too much; undefined if that isn't clear. */
function placeOf(
  { program: read, resources, locate }: Pick<Subject, 'program' | 'resources' | 'locate'>,
  { logicalId, roleName }: Sender,
  excess: Excess,
): Place | undefined {
  /** Returns the id of one resource among those of its type, and theirs. */
  const idsOf = (one: StackResource | undefined) => {
    const all = resources.filter(({ type }) => type === one?.type).map(({ logicalId: id }) => locate(id)?.construct);
    const paths = all.filter((path) => path !== undefined);
    const own = one && locate(one.logicalId)?.construct;
    const others = paths.filter((path) => path !== own).flatMap((path) => distinctId(path, paths) ?? []);
    return { own: own === undefined ? undefined : distinctId(own, paths), others };
  };
  const { own, others } = idsOf(resources.find((each) => each.logicalId === logicalId));
  const program = read();
  if (own === undefined || program === undefined) return undefined;
  const role = resources.find(({ type, physicalId }) => type === 'AWS::IAM::Role' && physicalId === roleName);
  const grantees = { sender: own, role: idsOf(role).own, others };
  const line = grantingLine(program.text, linesOf(excess), grantees, excess);
  return line === undefined ? undefined : { file: program.file, line };
}

/** As `subtractReference`. Throws a LabError if the policies are too complex to compare, which decides nothing. */
function subtracted(...given: Parameters<typeof subtractReference>): ReturnType<typeof subtractReference> {
  try {
    return subtractReference(...given);
  } catch (error) {
    if (!(error instanceof TooComplex)) throw error;
    throw new LabError(
      `The policies of the role ${given[2].roleArn.split('/').at(-1)} have too many wildcards to compare them with what sending needs.`,
      'Write them with fewer `*` in the middle of a pattern, deploy, and check again.',
      { cause: error },
    );
  }
}

/** Asks IAM about one call of each statement. The finding stands if the checker is not allowed to ask. */
async function confirm(
  subject: Pick<Subject, 'target'>,
  sender: Sender,
  excess: readonly Excess[],
): Promise<Confirmed> {
  if (excess.length === 0) return [];
  try {
    return await simulate(
      subject,
      sender,
      excess.slice(0, mostConfirmed).map(({ witness }) => witness),
    );
  } catch (error) {
    const isInvalid = error instanceof Error && error.name.startsWith('InvalidInput');
    if (!(error instanceof LabError) && !isInvalid) throw error;
    return { notAsked: error.message };
  }
}

/** Says that somebody created it in the account, and how to remove it; undefined if the stack has it. */
async function observeMadeByHand(
  subject: Parameters<typeof observeByHand>[0],
  { roleName }: Pick<Sender, 'roleName'>,
  excess: Excess | undefined,
): Promise<string | undefined> {
  if (excess === undefined) return undefined;
  for (const policy of await observeByHand(subject, roleName)) {
    if (policy.kind === 'role') return `The role ${roleName} is in the account, not in the file.`;
    if (policy.name !== excess.policy) continue;
    return policy.kind === 'changed'
      ? `${policy.name} was changed in the account: the file doesn't have ${listed(policy.actions)}.`
      : `${policy.name} is in the account, not in the file. To remove it: ${takeOff(policy)}`;
  }
  return undefined;
}

/** Whether the CDK created the role with the function because none was given. */
function isMadeWith({ logicalId }: Sender, role: StackResource, { locate }: Pick<Subject, 'locate'>): boolean {
  const [made, maker] = [locate(role.logicalId), logicalId === undefined ? undefined : locate(logicalId)];
  return maker?.construct !== undefined && made?.construct?.startsWith(`${maker.construct}/`) === true;
}
