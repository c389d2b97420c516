import { inQuotes } from '../../probe/frames.ts';
import { inList } from '../among-ghosts.ts';
import { missedBy, type Round, rejectionOf, type Wrong } from './rounds.ts';

/** Worth knowing about a room that rejects messages with unexpected fields: all of them, or only some. */
export function remarkOn(first: Round, isAll: boolean): string {
  const which = isAll ? 'messages with additional fields' : `some messages, such as one with ${CLAIMS[first.kind]}`;
  if (first.told !== undefined)
    return `The room rejects ${which}: "${first.told}" That's strict and correct. It also breaks clients that send their own fields, so let their authors know.`;
  if (rejectionOf(first) === 'closed')
    return `The room rejects ${which} by closing the sender's connection. That's strict and correct, but the sender doesn't learn the reason. Tell them, with \`tellSender\`.`;
  return `${isAll ? 'Messages with additional fields' : `Some messages, such as one with ${CLAIMS[first.kind]},`} disappear: nobody gets them, and the sender gets no error. API Gateway doesn't return a status such as 400 to the client. Tell the sender why, with \`tellSender\`.`;
}

/** What the function behind the route did, as far as its log shows. */
export interface Logged {
  /** The last error: `TypeError: …`. */
  readonly error?: string | undefined;
  readonly timedOut?: boolean | undefined;
}

/** Returns what went wrong with a message, in sentences. */
export function inWords(round: Round, wrong: Wrong, { error, timedOut }: Logged = {}): string {
  const { speaker, name, kind } = round;
  switch (wrong.kind) {
    case 'spoofed': {
      if (wrong.from === undefined && kind === 'plain')
        return `${speaker} sent an ordinary message. ${withoutFrom(round)}`;
      const shown = `the room says that ${quoted(wrong.from)} wrote it`;
      if (kind === 'afterward')
        return `${speaker} signed in as "${name}", sent another person's name to the API's other routes, and then an ordinary message. Now ${shown}.`;
      if (kind === 'another action')
        return `${speaker} signed in as "${name}" and sent a message with the action ${JSON.stringify(actionOf(round))} and ${CLAIMS[kind]}. Now ${shown}.`;
      if (kind === 'client')
        return `${speaker} signed in as "${name}" and connected with ${quoted(clientOf(round))} in ${placesOf(round)}. Then she sent a message with ${quoted(wrong.from)} in fields such as \`from\` and \`name\`. Now ${shown}.`;
      const user = kind === 'known user' ? `"${name}", a username that your code may look for,` : `"${name}"`;
      if (wrong.fields.length > 0) {
        const where = wrong.fields.length === 1 ? `its field \`${wrong.fields[0]}\`` : 'several of its fields';
        return `${speaker} signed in as ${user} and sent a message with ${quoted(wrong.from)} in ${where}. Now ${shown}.`;
      }
      if (kind === 'plain') return `${speaker} signed in as "${name}" and sent an ordinary message. Now ${shown}.`;
      return `${speaker} signed in as "${name}" and sent a message with ${CLAIMS[kind]}. Now ${shown}.`;
    }
    case 'of the address':
      return `${speaker} signed in as "${name}", but her message carries the name "${wrong.from}", which is in ${wrong.place}. Anyone can put any name there.`;
    case 'of the profile':
      return `${speaker} signed in as "${name}", but the message carries the name ${JSON.stringify(wrong.from)}, which is in the attribute \`${wrong.attribute}\`. Anyone can write any name there.`;
    case 'passed on':
      return `The room says that "${name}" wrote it, but also delivers what she claimed: ${inQuotes(wrong.value)}, in the field \`${wrong.field}\`. A client that shows this field shows a false name.`;
    case 'altered':
      if (wrong.text === undefined)
        return `${speaker} sent a message with ${CLAIMS[kind]}, and people got one without \`text\`. docs/wire-format.md describes a message.`;
      return `${speaker} sent a message with ${CLAIMS[kind]}, and people got a different text${kind === 'long text' ? `, of ${wrong.text.length} characters instead of ${round.text.length}` : ''}: ${excerpt(wrong.text)}.`;
    case 'closed':
      return `${speaker} sent a message with ${CLAIMS[kind]}, and the room closed ${wrong.who === speaker ? 'her' : `${wrong.who}'s`} connection. A room answers with an error, and never closes one: docs/wire-format.md.`;
    case 'crashed':
      if (kind === 'plain' && round.heard.length > 0)
        return `${speaker} sent a message with ${CLAIMS[kind]}. People got it, but ${speaker} got "Internal server error": the function ${error === undefined ? 'failed after it had posted, or returned no `statusCode`' : `had posted, and then failed with ${inQuotes(error)}`}.`;
      if (kind === 'plain')
        return `${speaker} sent a message with ${CLAIMS[kind]}, and got "Internal server error": ${error === undefined ? "the function failed, or API Gateway can't invoke it" : `the function failed with ${inQuotes(error)}`}.`;
      return `${speaker} sent a message with ${CLAIMS[kind]}, and got "Internal server error": the function failed instead of ignoring or rejecting it.`;
    case 'told and heard':
      return `${speaker} got an error, but people got the message: ${wrong.told}`;
    case 'not heard':
      if (wrong.told === undefined && wrong.instead !== undefined)
        return `${speaker} sent a message with ${CLAIMS[kind]}, and people got something other than a message (docs/wire-format.md): ${wrong.instead}`;
      if (timedOut === true)
        return `${speaker} sent a message with ${CLAIMS[kind]}. Nobody got it, not even ${speaker}: the function behind the route ran into its timeout. Then API Gateway sends "Internal server error".`;
      return wrong.told === undefined
        ? `${speaker} sent a message with ${CLAIMS[kind]}. ${whoMissed(round)}`
        : `${speaker} sent a message with ${CLAIMS[kind]}, and got an error: ${wrong.told}`;
    case 'half heard':
      return `${speaker} sent a message with ${CLAIMS[kind]}. ${whoMissed(round)}`;
  }
}

/** Says that a message has no `from`, and which field has its sender's name instead. */
function withoutFrom({ name, heard: [first] }: Round): string {
  const [instead] = Object.entries(first?.fields ?? {}).find(([, value]) => value === name) ?? [];
  const where = instead === undefined ? '' : ` The sender's name is in \`${instead}\`.`;
  return `The message has no \`from\`.${where} docs/wire-format.md lists the fields of a message.`;
}

/** How much of a text to show: it can be 4 KB long. */
const LONGEST_EXCERPT = 120;

function excerpt(text: string): string {
  return text.length <= LONGEST_EXCERPT ? JSON.stringify(text) : `${JSON.stringify(text.slice(0, LONGEST_EXCERPT))} …`;
}

/** Says who got a message and who didn't. A room must not drop people because they connected long ago. */
function whoMissed(round: Round): string {
  const { speaker, present, old } = round;
  const missed = missedBy(round);
  const got = present.filter((label) => !missed.includes(label));
  if (got.length === 0) return `Nobody got it, not even ${speaker}, and there was no error.`;
  const didNot = missed.map((label) => (label === speaker ? `${label}, who sent it,` : label));
  const age = old !== undefined && missed.includes(old) ? ` ${old} connected long before.` : '';
  return `${inList(got)} got it, but ${inList(didNot)} didn't.${age}`;
}

/** The part of a message besides its action and text. */
const CLAIMS: Readonly<Record<Round['kind'], string>> = {
  plain: 'only a text',
  'another person': "another person's name in an additional field",
  nobody: 'a made-up name in an additional field',
  lookalike: 'a name that looks like her own',
  'odd value': "a value that isn't a name",
  'odd values': "values that aren't names in every field that your handlers read",
  connection: "the key of another person's connection",
  'many fields': 'names in many fields',
  flags: "another person's name, and `true` in other fields",
  'known name': 'a name that your code looks for, in an additional field',
  'known value': "another person's name, and in other fields a value that your code looks for",
  'read fields': "another person's name or connection in every field that your handlers read",
  'half true': "another person's name, and in other fields something true about herself",
  nested: 'names in nested objects',
  token: "another person's name in a token that nobody signed",
  'unusual JSON': 'duplicate fields, or fields with unusual names',
  'in the text': 'quotation marks in its text',
  'name in the text': 'a name in its text',
  command: 'a command and a name in its text',
  'known text': 'a name in its text, where your code looks for something',
  'long text': 'nothing but a text of 4 KB',
  'no text': "an object instead of a text, and another person's name in it",
  'without text': 'names in many fields, and without a text',
  'another action': "another person's name",
  afterward: 'only a text',
  'at the door': 'only a text',
  client: 'a made-up name in additional fields',
  'known user': 'made-up names in additional fields',
};

function actionOf({ frame }: Round): unknown {
  return (JSON.parse(frame) as { action?: unknown }).action;
}

/** What a connection said about its client. */
function clientOf({ atTheDoor }: Round): string | undefined {
  return atTheDoor?.headers['User-Agent'];
}

function placesOf({ atTheDoor }: Round): string {
  const { query = {}, headers = {} } = atTheDoor ?? {};
  const parameters = Object.keys(query).map((name) => `\`?${name}=\``);
  return inList([...parameters, ...Object.keys(headers).map((name) => `\`${name}\``)]);
}

function quoted(from: unknown): string {
  return from === undefined ? 'nobody' : JSON.stringify(from);
}
