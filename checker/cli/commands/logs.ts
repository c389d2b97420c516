import { setTimeout as wait } from 'node:timers/promises';
import chalk from 'chalk';
import { openTarget } from '../../aws/open.ts';
import type { Subject } from '../../checking/check.ts';
import { openSubject } from '../../checking/subject.ts';
import { invocationsOf, isOfRequest } from '../../console/invocations.ts';
import { type LogLine, logLines } from '../../console/logs.ts';
import { exitCode, LabError } from '../../failures/errors.ts';
import { namesBundle, ownLines } from '../../observe/own-lines.ts';
import { thrown } from '../../observe/thrown.ts';
import { wrap, wrapping } from '../../report/wrap.ts';
import { labFolder } from '../../workshop/lab-files.ts';
import { shortName } from '../../workshop/short-name.ts';
import type { Program } from '../program.ts';
import { chosenLab } from './chosen-lab.ts';

export interface LogsOptions {
  readonly lab: string | undefined;
  readonly follow?: boolean;
  /** A request id: from an error frame in the room, or of an invocation. */
  readonly request?: string;
}

/** How far back to look, in milliseconds; with a request id, as far back as the labs keep logs. */
const anHour = 60 * 60_000;
const aWeek = 7 * 24 * anHour;

/** The time between two reads while following, in milliseconds: CloudWatch Logs allows a few requests a second. */
const pause = { practice: 500, aws: 3000 } as const;

/** `lab logs [lab] [--follow] [--request ID]`: prints what a lab's functions logged, in any account. */
export async function logs(program: Program, options: LogsOptions): Promise<number> {
  const { root, signal, say, print } = program;
  const columns = process.stdout.isTTY ? process.stdout.columns || 80 : undefined;
  const { id } = await chosenLab(program, options.lab, { gameDay: true });
  const target = await openTarget({ root, command: 'lab logs', say, signal });
  try {
    const open = await openSubject({ root, labFolder: labFolder(root, id), lab: id, target, signal });
    try {
      const { subject } = open;
      if (!subject.stack.deployed) {
        throw new LabError(subject.stack.reason, `\`npx lab deploy ${shortName(id)}\` deploys it.`);
      }
      const { request } = options;
      const wanted = request === undefined ? undefined : await invocationsOf(root, target, request);
      const since = Date.now() - (request === undefined ? anHour : aWeek);
      const printed = new Set<string>();
      const look = async (): Promise<number> => {
        const lines = (await logLines(subject, since)).filter(
          (line) => wanted === undefined || isOfRequest(line, wanted),
        );
        const fresh = lines.filter((line) => !printed.has(keyOf(line)));
        const inWords = errorsInWords(subject);
        for (const line of fresh) {
          printed.add(keyOf(line));
          for (const part of forPeople(line, await inWords(line), columns)) print(part);
        }
        return fresh.length;
      };
      let count = await look();
      while (options.follow === true && !signal.aborted) {
        await wait(pause[target.kind], undefined, { signal }).catch(() => {});
        if (!signal.aborted) count += await look();
      }
      if (count > 0 || options.follow === true) return exitCode.fixed;
      wrapping(print, process.stdout)(nothingFound(shortName(id), request, target.kind));
      return exitCode.notFixed;
    } finally {
      await open.close();
    }
  } finally {
    await target.close();
  }
}

function nothingFound(number: string, request: string | undefined, kind: 'practice' | 'aws'): string {
  if (request === undefined) return 'The functions of this lab logged nothing in the last hour.';
  const late =
    kind === 'aws'
      ? " CloudWatch Logs can be half a minute late, so try again. An error message in the room has API Gateway's request id: on AWS, logs contain it only if the function logged it."
      : " After it restarts, the practice account no longer knows which functions ran for API Gateway's request ids.";
  return `Nothing found for request ${request}. Pass the whole id; \`npx lab logs ${number}\` shows those of the last hour.${late}`;
}

function keyOf({ at, function: name, text }: LogLine): string {
  return `${at} ${name} ${text}`;
}

/** On a narrower terminal, the text is printed below the time and the function. */
const NARROW = 70;

/**
 * Returns what a log line says: of an error, name, message and two places in the function's code, not Lambda's JSON
 * with all of them. They are places in the learner's files if the function still has the code that logged it.
 */
function errorsInWords(subject: Subject): (line: LogLine) => Promise<string[]> {
  const codes = new Map<string, ReturnType<typeof codeOf>>();
  const codeOf = async (FunctionName: string) => {
    const [client, { GetFunctionConfigurationCommand }, inOwn] = await Promise.all([
      subject.target.clients.lambda(),
      import('../../aws/sdk/lambda.ts'),
      ownLines(subject, FunctionName),
    ]);
    // A function that was deleted has no code.
    const seen = client.send(new GetFunctionConfigurationCommand({ FunctionName })).catch(() => undefined);
    return { since: Date.parse((await seen)?.LastModified ?? ''), inOwn };
  };
  return async ({ at, function: name, text }) => {
    if (!namesBundle(text)) return thrown(text);
    const code = codes.get(name) ?? codeOf(name);
    codes.set(name, code);
    const { since, inOwn } = await code;
    return thrown(text, Date.parse(at) > since ? inOwn : undefined);
  };
}

/** Returns a log line for people. On a terminal, what doesn't fit on the line continues below, indented. */
function forPeople({ at, label, text }: LogLine, said: readonly string[], columns: number | undefined): string[] {
  const time = `${new Date(at).toLocaleTimeString('en-GB')}.${at.slice(20, 23)}`;
  const lines = said.flatMap((line) => line.replaceAll('\t', ' ').split('\n'));
  const isError = /\bERROR\b|Task timed out|Status: (?:error|timeout)/.test(text);
  const paint = (line: string) => (isError ? chalk.red(line) : line);
  const head = `${chalk.dim(time)} ${label.padEnd(14)}`;
  if (columns === undefined) return [`${head} ${paint(lines.join('\n'))}`];
  const indent = columns < NARROW ? 4 : time.length + 16;
  const parts = lines.flatMap((line) => wrap(line, columns - indent)).map((line) => ' '.repeat(indent) + paint(line));
  return columns < NARROW ? [head, ...parts] : [head + (parts[0] ?? '').slice(indent - 1), ...parts.slice(1)];
}
