import type { HandlerLine } from '../../checking/check.ts';
import { CHOOSES, READS } from '../reads-rows.ts';
import { isCommand } from './kinds.ts';
import type { Round, Wrong } from './rounds.ts';

const handler = 'send-message.ts';

const BUILDS = ['text: ', '`,"text"', "type: 'message'", 'JSON.stringify(', '"message"'];

/** Where a function begins, even if it's not exported as `handler`. */
const ENTERS = ['function handler(', 'const handler', 'export '];

/** What can go on until a function's timeout. */
const LASTS = ['while (', 'for (;;)', 'setTimeout(', 'new Promise('];

/** How many characters of an error the handler's source has, even if the rest is from a template. */
const LEAST_TOLD = 20;

/** Copies of everything that a message has. */
const SPREADS = ['message', 'body', 'parsed', 'rest', 'extra', 'other'].flatMap((name) =>
  [',', ' ', ')'].map((end) => `...${name}${end}`),
);

/**
 * Returns the line of a handler that is wrong, as far as the source shows it; otherwise the one that names the sender.
 */
export function placeOf(wrong?: Wrong, round?: Round, timedOut = false): HandlerLine {
  if (timedOut) return { handler, near: [...LASTS, ...ENTERS] };
  if (wrong?.kind === 'of the address') return { handler: 'connect.ts', near: ['const name', 'username'] };
  if (wrong?.kind === 'of the profile') {
    const { attribute } = wrong;
    return { handler: 'authorizer.ts', near: ['username'], anywhere: [`.${attribute}`, `'${attribute}'`] };
  }
  if (round?.kind === 'client') {
    const value = round.atTheDoor?.headers['User-Agent'] ?? '';
    return { handler, near: [`'${value}'`, 'userAgent', 'origin', 'const name', 'from:'] };
  }
  const told = wrong?.kind === 'not heard' ? wrong.told : undefined;
  // A template has something else after its beginning.
  if (told !== undefined) return { handler, near: [told, told.slice(0, LEAST_TOLD), 'tellSender('] };
  if (wrong?.kind === 'crashed') return { handler, near: ENTERS };
  const hasNoFrom = wrong?.kind === 'spoofed' && wrong.from === undefined && round?.kind === 'plain';
  if (round !== undefined && isCommand(round.kind))
    return { handler, near: [...lookingFor(round), '.exec(text)', 'URLSearchParams(text)', 'text.', 'const name'] };
  if (hasNoFrom || wrong?.kind === 'altered' || (wrong?.kind === 'not heard' && wrong.instead !== undefined)) {
    return { handler, near: BUILDS };
  }
  if (wrong?.kind === 'half heard' || (wrong?.kind === 'not heard' && wrong.told === undefined)) {
    return { handler, near: [...CHOOSES, 'inParallel(', 'PostToConnectionCommand(', ...READS] };
  }
  // A message that claims nothing has nothing that a copy could pass on.
  const isPassedOn = (wrong?.kind === 'spoofed' || wrong?.kind === 'passed on') && round?.kind !== 'plain';
  const spreads = isPassedOn ? ['...JSON.parse(', ...SPREADS] : [];
  return { handler, near: [...readsIn(wrong), ...spreads, 'const name', 'from:', 'from'] };
}

/** Returns what a line can have that looks for the beginning of a text, as in a string or a regular expression. */
function lookingFor({ text, claimed: [name = ''] = [] }: Round): string[] {
  const before = text.slice(0, text.indexOf(name)).trim();
  return before === '' ? [] : [`'${before}`, before.replaceAll('/', '\\/'), before];
}

/** Returns what a line that reads the claimed field can have. */
function readsIn(wrong: Wrong | undefined): string[] {
  const paths = wrong?.kind === 'spoofed' ? wrong.fields : wrong?.kind === 'passed on' ? [wrong.field] : [];
  const fields = paths.map((path) => path.split('.').at(-1) ?? '');
  const ofTheMessage = fields.flatMap((field) => [`message.${field}`, `message?.${field}`]);
  const [field, ...more] = fields;
  // Other lines can have one of several common words, too.
  const others = field === undefined || more.length > 0 ? [] : [`.${field} `, `{ ${field}`, `'${field}'`];
  return [...ofTheMessage, ...others];
}
