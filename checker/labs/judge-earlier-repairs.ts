import type { Evidence, Judgement } from '../checking/check.ts';
import { isOfTheLast, marked } from '../observe/marked.ts';
import { deletedOnFailure, hiddenFailure } from '../probe/failing-row.ts';
import { usual } from '../probe/field-names.ts';
import { quoted } from '../probe/frames.ts';
import { PADDING } from '../probe/padding.ts';
import type { StaleRow, Untried } from '../probe/stale-row.ts';
import { everyRouteIsThrottled } from './07-open-floodgates/every-route-is-throttled.ts';
import { outsidersCannotSignUp } from './08-open-sign-up/outsiders-cannot-sign-up.ts';
import { onlyMembersGetIn } from './09-leaky-channels/only-members-get-in.ts';
import { inList } from './among-ghosts.ts';
import type { Spoofed } from './claim-name.ts';
import { DELETES } from './deletes-rows.ts';
import { judgeEarlierLogs } from './earlier-logs.ts';
import type { EarlierRepairs, Regressions } from './earlier-repairs.ts';
import {
  hiddenError,
  leakyChannel,
  nameFromTheMessage,
  noThrottle,
  onePage,
  openChannel,
  openSignUp,
  otherRowDeleted,
  staleConnection,
  staleConnectionDenied,
  tellingLogs,
} from './earlier-repairs-findings.ts';
import { failureIn } from './failure-in.ts';
import type { Leaked } from './leaves-its-channel.ts';
import { READS } from './reads-rows.ts';

interface Where extends EarlierRepairs {
  readonly lab: string;
  /** The logical id of the sending function, if the stack created it. */
  readonly speaks: string | undefined;
  readonly evidence: readonly Evidence[];
}

/** Returns the judgment if an earlier repair doesn't hold anymore; undefined if all do, or none could be looked at. */
export function judgeEarlierRepairs(
  { spoofed, leaked, members, stale, failing, throttle, signUp, logs }: Regressions,
  { lab, handler, repairs, speaks, evidence }: Where,
): Judgement | undefined {
  if (spoofed !== undefined) {
    const reads = usual.flatMap((field) => [`message.${field}`, `message?.${field}`]);
    const finding = nameFromTheMessage(lab, handler);
    const at = spoofed.isAtTheDoor
      ? { handler: handler.replace('send-message', 'connect'), near: ['name:', 'name'] }
      : { handler, near: [...reads, 'const name', 'from:', 'from'] };
    return { outcome: 'failed', actual: spoofedInWords(spoofed), evidence, at, finding };
  }
  if (leaked !== undefined) {
    const finding = leakyChannel(lab, handler);
    return { outcome: 'failed', actual: leakedInWords(leaked), evidence, at: { handler, near: READS }, finding };
  }
  const admitted = members && onlyMembersGetIn.judge(members);
  if (admitted?.outcome === 'failed') {
    return { ...admitted, actual: `${admitted.actual} ${STARTED_SO}`, finding: openChannel(lab) };
  }
  const throttled = throttle && everyRouteIsThrottled.judge(throttle);
  if (throttled?.outcome === 'failed') {
    return { ...throttled, actual: `${throttled.actual} ${STARTED_SO}`, finding: noThrottle(lab) };
  }
  const signedUp = signUp && outsidersCannotSignUp.judge(signUp);
  if (signedUp?.outcome === 'failed') {
    return { ...signedUp, actual: `${signedUp.actual} ${STARTED_SO}`, finding: openSignUp(lab) };
  }
  const logged = logs && judgeEarlierLogs(logs);
  if (logged !== undefined) {
    return { ...logged, actual: `${logged.actual} ${STARTED_SO}`, finding: tellingLogs(lab) };
  }
  const tried = typeof failing === 'object' ? failing : undefined;
  const deleted = tried && deletedOnFailure(tried);
  const hidden = tried && repairs.includes('only gone') ? hiddenFailure(tried) : undefined;
  if (deleted !== undefined || hidden !== undefined) {
    const shown = evidence.map((each) => (each.source === 'conversation' ? marked(each, isOfTheLast(each)) : each));
    const near = deleted === undefined ? ['allSettled', 'catch', ...GONE] : [...DELETES, ...GONE];
    const finding = deleted === undefined ? hiddenError(lab, handler) : otherRowDeleted(lab, handler);
    const actual = `${deleted ?? hidden} ${STARTED_SO}`;
    return { outcome: 'failed', actual, evidence: shown, at: { handler, near }, finding };
  }
  const wrong = stale && staleInWords(stale);
  if (stale === undefined || wrong === undefined) return undefined;
  // What was delivered before shows nothing about this message.
  const failure = failureIn(stale.told === undefined ? undefined : { text: stale.told }, evidence);
  const shown = evidence.map((each) => marked(each, (line) => line === failure?.line || isAbout(line, stale)));
  if (failure?.isOfStack) {
    const actual = `${wrong} ${failure.inWords} That worked when the lab started.`;
    return { outcome: 'failed', actual, evidence: shown, at: speaks, finding: staleConnectionDenied(lab) };
  }
  const isPaged = stale.isPaged === true;
  const near = isPaged ? READS : GONE;
  const finding = isPaged ? onePage(lab, handler) : staleConnection(lab, handler);
  return { outcome: 'failed', actual: `${wrong} ${STARTED_SO}`, evidence: shown, at: { handler, near }, finding };
}

/** Whether a line of a conversation has the last message past a stale row, or the error that its speaker got. */
function isAbout(line: string, { text, told }: StaleRow): boolean {
  return line.includes(JSON.stringify(text).slice(1, -1)) || (told !== undefined && line.endsWith(` ← ${told}`));
}

/** Says why a stale row couldn't be tried. */
export function untriedInWords({ of, why }: Untried): string {
  return `This check couldn't try whether a message deletes a stale row: ${BECAUSE[why](of)}`;
}

const BECAUSE: Readonly<Record<Untried['why'], (of: string) => string>> = {
  'no row': (of) => `the tables have no row with ${of}'s connection id or name.`,
  'not deleted': (of) => `after ${of} left, no row of that connection was deleted.`,
  recent: (of) =>
    `${of}'s row has a recent time in its key, or in a form that the check can't set back. The room is allowed to keep recent rows.`,
  listed: (of) => `another row lists ${of}'s connection, too, and the check puts back only rows that were deleted.`,
  'not in an index': (of) => `an index didn't show ${of}'s row in time.`,
};

/** Texts in the lines of a handler that post, or handle a connection that is gone. */
const GONE = ['GoneException', '410', 'PostToConnectionCommand('];

const STARTED_SO = 'The lab started with that repaired.';

function spoofedInWords({ speaker, name, claimed, where, isAtTheDoor, from }: Spoofed): string {
  const claim = `${claimed === undefined ? 'other names' : `${claimed}'s name`} ${where}`;
  const said = isAtTheDoor ? `, connected with ${claim}, and sent a message` : ` and sent a message with ${claim}`;
  const shown = from === undefined ? 'nobody' : JSON.stringify(from);
  return `${speaker} signed in as "${name}"${said}. Now the room says that ${shown} wrote it. ${STARTED_SO}`;
}

function leakedInWords({ speaker, channel, elsewhere, names, outside }: Leaked): string {
  const those = `${inList(outside)}, who ${outside.length === 1 ? 'is' : 'are'} in "${elsewhere}",`;
  const named = names === undefined ? '' : ` that named "${names}"`;
  return `${speaker} sent a message${named} in the channel "${channel}", and ${those} got it. ${STARTED_SO}`;
}

function staleInWords({
  of,
  tables,
  rows,
  speaker,
  messages,
  told,
  missed,
  isLeft,
  isPaged,
  isLimited,
}: StaleRow): string | undefined {
  const [row, are] = rows === 1 ? ['row', 'is'] : ['rows', 'are'];
  const where = `${tables.length === 1 ? 'table' : 'tables'} ${inList(tables)}`;
  const back =
    isPaged === true
      ? `This check put ${PADDING / 1024} KB more into the rows of everyone present${isLimited === true ? ' and let each read return one row' : ''}, so they take several pages to read, and added ${of}'s stale ${row} again.`
      : `This check put ${of}'s ${row} back into the ${where}, an hour older, as if \`$disconnect\` had never run.`;
  const [sent, last, all] =
    messages === 1 ? ['a message', 'it', 'it'] : [`${messages} messages`, 'the last one', 'them'];
  const then = `${back} Then ${speaker} sent ${sent}`;
  const didNot = missed.length === 0 ? '' : `${inList(missed)} didn't get ${last}.`;
  if (told !== undefined) return [`${then} and got an error: ${quoted(told)}.`, didNot].filter(Boolean).join(' ');
  if (didNot !== '') return `${then}, and ${didNot}`;
  return isLeft ? `${then}. Everyone got ${all}, but the ${row} ${are} still there.` : undefined;
}
