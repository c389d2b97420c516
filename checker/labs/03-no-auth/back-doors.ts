import type { Judgement, Place, Subject } from '../../checking/check.ts';
import { environmentOf } from '../../observe/environment.ts';
import type { Gate } from '../../observe/gate.ts';
import { lineWith } from '../../observe/handler-sources.ts';
import { isEntry } from '../../observe/marked.ts';
import { type Caller, knock } from '../../probe/knock.ts';
import { NotFromApiGatewayError } from '../../probe/lost.ts';
import { userName } from '../../probe/visitor-name.ts';
import { TOKEN_SOURCE } from './contract.ts';
import { backDoor as finding } from './findings.ts';
import { fitsInHeader, type KnownText, knownTexts, placesKnown } from './known-texts.ts';
import { judgeRefusals, type Tried } from './refusals.ts';

/** What admitted somebody who had no valid token. */
export interface BackDoor {
  /** The text that they brought; undefined if any text does. */
  readonly known?: KnownText;
  /** `?debug=`; undefined if several places have to have it at once. */
  readonly where?: string;
  /** The line of the learner's files that has it. */
  readonly place: Place | undefined;
  readonly conversation: readonly string[];
}

/** A place in a handshake. */
interface Spot {
  readonly kind: 'token' | 'query' | 'headers';
  readonly name: string;
}

/** Somebody in a handshake, and what they bring there. */
type Attempt = Caller & { readonly known: KnownText; readonly spots: readonly Spot[] };

/**
 * Tries to connect with the texts that the learner's code looks for and those in the environment of the functions that
 * decide, each in every place of a handshake that the code reads. Nobody with such a text has a valid token, so each
 * must be rejected, whatever the status. Returns the first that is admitted.
 */
export async function findBackDoor(subject: Subject, { room, gate }: Pick<Tried<string>, 'room' | 'gate'>) {
  const sources = subject.sources();
  const { query, headers } = placesKnown(sources);
  const needsToken = gate.authorizer?.identitySources.includes(TOKEN_SOURCE) === true;
  const token: Spot = { kind: 'token', name: 'token' };
  const others: Spot[] = [
    ...headers.map((name): Spot => ({ kind: 'headers', name })),
    ...query.map((name): Spot => ({ kind: 'query', name })),
  ];
  // API Gateway itself rejects handshakes without what the identity source names.
  const forms = [[token, ...others], ...(needsToken || others.length === 0 ? [] : [others])];
  const all = knownTexts(sources, await environmentOfDeciders(subject, gate)).flatMap((known) =>
    forms.map((spots) => attempt(known, spots)),
  );
  const admitted = async (attempts: readonly Attempt[]) => {
    const { knocks, conversation } = await knock(subject, room.address, attempts);
    const first = knocks.findIndex(({ status }) => status === 101);
    return { first: attempts[first], conversation: conversation.filter(isEntry) };
  };
  const { first, conversation } = await admitted(all).catch(orRejected);
  if (first === undefined) return undefined;
  // That a room admits people who bring nothing is another check's matter.
  const isOpen = (await admitted([attempt(first.known, [])]).catch(orRejected)).first !== undefined;
  return isOpen ? undefined : narrowed(subject, first, needsToken, { admitted, conversation });
}

type Admitted = { readonly first?: Attempt | undefined; readonly conversation: readonly string[] };

/** Finds the one place that matters, and whether any text there does. */
async function narrowed(
  subject: Subject,
  { known, spots }: Attempt,
  needsToken: boolean,
  {
    admitted,
    conversation,
  }: Pick<Admitted, 'conversation'> & {
    readonly admitted: (attempts: readonly Attempt[]) => Promise<Admitted>;
  },
): Promise<BackDoor> {
  const beside = needsToken ? userName() : undefined;
  const alone = await admitted(spots.map((spot) => attempt(known, [spot], beside))).catch(orRejected);
  const [spot] = alone.first?.spots ?? [];
  if (spot === undefined) return { known, place: placeOf(subject, known), conversation };
  const where = inWords(spot);
  const random: KnownText = { text: userName(), of: { literal: '' } };
  const any = await admitted([attempt(random, [spot], beside)]).catch(orRejected);
  return any.first === undefined
    ? { known, where, place: placeOf(subject, known), conversation: alone.conversation }
    : { where, place: lineWith(subject, spot.name), conversation: any.conversation };
}

/** Returns somebody who brings a text in some places, and in others nothing; `beside` is their token otherwise. */
function attempt(known: KnownText, spots: readonly Spot[], beside?: string): Attempt {
  const { text } = known;
  const having = (wanted: Spot['kind']) =>
    spots.filter(({ kind, name }) => kind === wanted && (kind !== 'headers' || fitsInHeader(name, text)));
  const inThose = (kind: Spot['kind']) => Object.fromEntries(having(kind).map(({ name }) => [name, text]));
  const [only, ...more] = spots;
  const where = only === undefined || more.length > 0 ? 'several places' : inWords(only);
  const hasToken = having('token').length > 0;
  return {
    kind: `${textInWords(known)} in ${where}${more.length > 0 && !hasToken ? ' but no token' : ''}`,
    token: hasToken ? text : beside,
    claims: { query: inThose('query'), headers: inThose('headers') },
    isBrowser: false,
    known,
    spots,
  };
}

/** Returns the environment variables of the functions that decide. Only a hint: a function may be gone. */
async function environmentOfDeciders(subject: Subject, { authorizer, connect }: Gate): Promise<Record<string, string>> {
  const names = [authorizer?.functionName, connect].filter((name) => name !== undefined);
  const found = await Promise.all(names.map((name) => environmentOf(subject, name).catch(() => ({}))));
  subject.signal.throwIfAborted();
  return Object.assign({}, ...found);
}

/** What stands before API Gateway may reject a request that it doesn't like. */
function orRejected(error: unknown): Admitted {
  if (!(error instanceof NotFromApiGatewayError)) throw error;
  return { conversation: [] };
}

function inWords({ kind, name }: Spot): string {
  return kind === 'headers' ? `the header \`${name}\`` : `\`?${name}=\``;
}

/** Returns the text, or the variable that has it: its value can be a secret. */
function textInWords({ text, of }: KnownText): string {
  if ('variable' in of) return `${of.part === 0 ? '' : `part ${of.part} of `}the value of \`${of.variable}\``;
  // A line of a conversation has a name in quotation marks.
  return `\`${text.replace(/["→←`]/g, '…')}\``;
}

function placeOf(subject: Subject, { of }: KnownText): Place | undefined {
  if ('pattern' in of) return undefined;
  if ('variable' in of) return lineWith(subject, of.variable);
  const { literal } = of;
  return [`'${literal}'`, `"${literal}"`, literal].map((text) => lineWith(subject, text)).find((place) => place);
}

/** Judges a room that admitted somebody for what they brought besides a valid token. */
export function judgeBackDoor<Kind extends string>(tried: Tried<Kind>, backDoor: BackDoor): Judgement {
  const { known, where = 'several places of the handshake at once', place, conversation } = backDoor;
  const what = known === undefined ? 'any text' : textInWords(known);
  const from =
    known === undefined
      ? 'Anyone can send that.'
      : 'variable' in known.of
        ? "Anyone who can read the function's configuration can send it."
        : 'Your code looks for it, and anyone who has read the code can send it.';
  const knocks = [{ kind: tried.knocks[0]?.kind as Kind, status: 101 }];
  const judgement = judgeRefusals(
    { ...tried, knocks, conversation },
    {
      whyIn: () =>
        `Mallory connected without a valid token: the room admits everyone who sends ${what} in ${where}. ${from} It identifies nobody.`,
      allRefused: '',
    },
  );
  return judgement.outcome === 'failed' ? { ...judgement, finding, place } : judgement;
}
