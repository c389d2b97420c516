import type { FilteredLogEvent } from '@aws-sdk/client-cloudwatch-logs';
import { ENDED, functionOf, isPlatformLine, STARTED } from './platform-line.ts';

const FAILURE =
  /error|exception|fail|undeliver|invalid|reject|refuse|denied|bad request|could ?n[o']t|cannot|can't|status\D{0,6}[45]\d\d/i;

/** `"failed":0`, `errors: []`, `error=null` mean success. */
const NONE =
  /["']?\b\w*(?:error|fail|reject|undeliver)\w*["']?\s*[:=]\s*(?:0\b|false|null|none|undefined|\[\s*\]|"")/gi;

/** Returns whether a log line reports a failure. Lambda's own report can have a status, but no reason. */
export function tellsOfFailure(line: string): boolean {
  return !isPlatformLine(line) && FAILURE.test(line.replace(NONE, ''));
}

/** A post that failed, and when. */
export interface FailedPost {
  /** When the message was sent, in milliseconds. */
  readonly since: number;
  /** The id of the connection. */
  readonly id: string;
}

/** Whose lines to read. */
export interface Logging {
  readonly functionName: string;
  /** The texts of the learner's files: an error's name that they have isn't API Gateway's answer. */
  readonly sources: readonly string[];
}

/** A function's lines about a failure. */
export interface FailureLines {
  /** They say what went wrong: with the error's own name, a status, the connection, or words for this error only. */
  readonly telling: readonly string[];
  /** They say only that something did. */
  readonly vague: readonly string[];
  /** Whether the function ran into its timeout. */
  readonly timedOut: boolean;
}

/** Lambda's line about it: https://docs.aws.amazon.com/lambda/latest/dg/troubleshooting-invocation.html */
const TIMED_OUT = /\bTask timed out after |"status":"timeout"/;

/** An error's name: `Error` alone says nothing. */
const NAME = /\b[A-Z]\w+(?:Error|Exception|Fault)\b/g;

/** The error that API Gateway answers, or its message, however a function writes it. */
const REAL = /(?<![a-z])(?:bad[ _-]?request|forbidden|(?:invalid|malformed)[ _-]?connection)/i;

/**
 * A name that says nothing either. Lambda's runtime logs only enumerable members of a thrown error: neither `errors`
 * nor
 * `cause`. https://github.com/aws/aws-lambda-nodejs-runtime-interface-client/blob/main/src/utils/error.ts
 */
const COLLECTIVE = 'AggregateError';

/** A number that can be a failure's status, or `HTTP_400`: no part of a time or an id, and no column of a stack trace. */
const STATUS = /(?<![\w.-]|:\d+:)(?:[a-z]+_?)?[45]\d\d(?![\w=-]|[.:]\d)/i;

/** The same, or a success's. */
const STATUSES = /(?<![\w.-])(?:[a-z]+_?)?(?:200|[45]\d\d)(?![\w=-]|[.:]\d)/gi;

/**
 * Returns the lines of a function that report a failure, for each post that failed, until the next one did. A line that
 * every invocation logs, whatever happens, reports nothing. `events` has a message that everyone got, too; other checks
 * send messages at the same time, so an invocation can be unfinished. Functions can share a log group: their streams
 * then have their names.
 */
export function failuresIn(
  events: readonly FilteredLogEvent[],
  posts: readonly FailedPost[],
  { functionName, sources }: Logging,
): FailureLines[] {
  const own = events.filter(({ logStreamName = '' }) => isStreamOf(functionName, logStreamName));
  const isId = new RegExp(`(?<![\\w-])(?:${posts.map(({ id }) => id).join('|')})(?![\\w=-])`, 'g');
  const shapeOf = (line: string) => shaped(line.replace(isId, '#'));
  const invocations = finishedIn(own, shapeOf);
  // If another line has 200 in its place, the number is a status, and no size or duration.
  const outlineOf = (line: string) => shapeOf(line.replace(STATUSES, '§'));
  const saysStatus = (line: string) =>
    STATUS.test(line) &&
    own.some(({ message = '' }) => !STATUS.test(message) && outlineOf(message) === outlineOf(line));
  const isUsual = (line: string) =>
    !saysStatus(line) && invocations.length > 1 && invocations.every((lines) => lines.has(shapeOf(line)));
  const marks = (line: string) => STATUS.test(line) || line.search(isId) !== -1;
  // A count or a connection is in the same place of such a line.
  const isTrace = (line: string) =>
    own.some(({ message = '' }) => shapeOf(message) === shapeOf(line) && !marks(message));
  const tells = (line: string) =>
    isNamed(line.replace(NONE, '')) || saysStatus(line) || (marks(line) && (tellsOfFailure(line) || !isTrace(line)));
  const isTheirs = (name: string) => sources.some((source) => new RegExp(`\\b${name}\\b`).test(source));
  const isNamed = (line: string) =>
    REAL.test(line) || (line.match(NAME) ?? []).some((name) => name !== COLLECTIVE && !isTheirs(name));
  const found = posts.map(({ since }, index) => {
    const { since: until = Number.POSITIVE_INFINITY } = posts[index + 1] ?? {};
    const all = own.flatMap(({ message = '', timestamp = 0 }) =>
      timestamp >= since && timestamp < until ? message : [],
    );
    const lines = all.filter((line) => !isPlatformLine(line) && !isUsual(line));
    return {
      telling: lines.filter(tells),
      vague: lines.filter((line) => !tells(line) && tellsOfFailure(line)),
      timedOut: all.some((line) => TIMED_OUT.test(line)),
    };
  });
  // Words that a function has for one error, but not for another, say what went wrong: "not allowed".
  const shapes = found.map(({ telling, vague }) => new Set([...telling, ...vague].map(shapeOf)));
  return found.map(({ telling, vague, timedOut }) => {
    const tellsApart = (line: string) => shapes.some((others) => others.size > 0 && !others.has(shapeOf(line)));
    return {
      telling: [...telling, ...vague.filter(tellsApart)],
      vague: vague.filter((line) => !tellsApart(line)),
      timedOut,
    };
  });
}

/** Returns whether a stream can be a function's. */
function isStreamOf(functionName: string, stream: string): boolean {
  return [undefined, functionName].includes(functionOf(stream));
}

/**
 * Returns the lines of each invocation that ended. A process serves one after the other, so in a stream each begins
 * where the last ended.
 */
function finishedIn(events: readonly FilteredLogEvent[], shapeOf: (line: string) => string): Array<Set<string>> {
  const finished: Array<Set<string>> = [];
  const current = new Map<string, Set<string>>();
  for (const { message = '', logStreamName = '' } of events) {
    const lines = current.get(logStreamName);
    if (STARTED.test(message)) current.set(logStreamName, new Set());
    else if (ENDED.test(message)) {
      if (lines !== undefined) finished.push(lines);
      current.delete(logStreamName);
    } else lines?.add(shapeOf(message));
  }
  return finished;
}

/**
 * Returns the words of a line with their values, each once: a list can be longer in one line than in another. Times,
 * durations, ids and counts differ in lines that say the same. Only zero is special: `"failed":0` says that nothing
 * failed. So is a status in a word: `Posts400`.
 */
function shaped(line: string): string {
  const same = line
    .replace(/(?<![\w.-])([a-z]+_?)([245]\d\d)(?![\w=-])/gi, (_, word, status) => `${word}${inLetters(status)}`)
    .replace(/[\w+/-]{15}=|(?=[\w:.+=-]*\d)[\w:.+=-]{8,}|(?!0(?!\.?\d))\d+(?:\.\d+)?/g, '#')
    .replace(/([#§])(?:[^\w#§]+\1)+/g, '$1');
  return [...new Set(same.match(/[\p{L}_][\p{L}\w]*(?:[^\p{L}\w#§]*(?:[#§]|\b0\b))*/gu))].join(' ');
}

function inLetters(digits: string): string {
  return digits.replace(/\d/g, (digit) => 'abcdefghij'.charAt(Number(digit)));
}
