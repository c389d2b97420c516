import type { Evidence, Subject } from '../../checking/check.ts';
import { type Gate, observeGate } from '../../observe/gate.ts';
import { observeLog } from '../../observe/log.ts';
import { openRoom } from '../../observe/room.ts';
import { type Caller, knock } from '../../probe/knock.ts';
import { observeThrottle } from '../turned-away.ts';
import { isCrash, type Tried } from './refusals.ts';

/** Lets each of them try to come in, and looks at who decides; where something crashed, also at what it printed. */
export async function observeRefusals<Kind extends string>(
  subject: Subject,
  callers: ReadonlyArray<Caller<Kind>>,
): Promise<Tried<Kind>> {
  const room = openRoom(subject);
  const [knocked, gate] = await Promise.all([knock(subject, room.address, callers), observeGate(subject, room)]);
  const failure = knocked.knocks.some(isCrash) ? await logOf(subject, gate) : [];
  const throttled = knocked.knocks.find(({ status }) => status === 429)?.status;
  return { room, gate, ...knocked, failure, ...(await observeThrottle(subject, room, throttled)) };
}

/** What the function that decides printed last, without any token. Evidence only: what cannot be read is left out. */
export async function logOf(
  subject: Pick<Subject, 'target'>,
  { authorizer, connect }: Pick<Gate, 'authorizer' | 'connect'>,
): Promise<Evidence[]> {
  const decides = authorizer?.functionName ?? connect;
  if (decides === undefined) return [];
  const log = await observeLog(subject, decides).catch(() => undefined);
  return log === undefined ? [] : [{ ...log, lines: telling(log.lines) }];
}

/** As many different lines as help. */
const LINES = 4;

/** The last lines, each said once: of an error its name and message, without the stack. */
export function telling(lines: readonly string[]): string[] {
  return [...new Set(lines.map((line) => errorIn(line) ?? line))].slice(-LINES);
}

/** What Lambda prints of a function that threw: `…\tERROR\tInvoke Error\t{"errorType":…,"errorMessage":…,"stack":…}`. */
function errorIn(line: string): string | undefined {
  try {
    const { errorType, errorMessage } = JSON.parse(line.slice(line.indexOf('{'))) as Record<string, unknown>;
    return typeof errorMessage === 'string' ? `${errorType}: ${errorMessage}` : undefined;
  } catch {
    return undefined;
  }
}
