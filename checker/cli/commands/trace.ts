import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { openEvents } from '../../aws/account-events.ts';
import { openTarget } from '../../aws/open.ts';
import { accountFolder, runningAccount, type TraceEvent } from '../../aws/practice.ts';
import type { Subject } from '../../checking/check.ts';
import { openSubject } from '../../checking/subject.ts';
import { labelOf } from '../../console/label.ts';
import { observeApi } from '../../console/observe-api.ts';
import { functionsNamed } from '../../console/observe-functions.ts';
import { observeTables } from '../../console/observe-tables.ts';
import { type Path, Paths } from '../../console/paths.ts';
import { denialIn, explainRefusal } from '../../console/refusal.ts';
import { renderRefusal } from '../../console/refusal-page.ts';
import { Scope } from '../../console/scope.ts';
import { type Names, renderPath } from '../../console/tree.ts';
import { exitCode, LabError } from '../../failures/errors.ts';
import { resourceNamed } from '../../observe/physical-id.ts';
import { dateAndTimeOf } from '../../report/words.ts';
import { wrapping } from '../../report/wrap.ts';
import { labFolder } from '../../workshop/lab-files.ts';
import { shortName } from '../../workshop/short-name.ts';
import type { Program } from '../program.ts';
import { chosenLab } from './chosen-lab.ts';

export interface TraceOptions {
  readonly lab: string | undefined;
  /** Print each path as it ends, until Ctrl-C. */
  readonly follow?: boolean;
  /** Print JSON, one document per line. */
  readonly json?: boolean;
  /** The path with this request id. */
  readonly request?: string;
  /** Include the checker's visitors, who come and go with every check. */
  readonly checker?: boolean;
}

/**
 * `lab trace [lab] [--follow] [--json] [--request ID] [--checker]`: prints a message's path through the room, and who
 * denied it.
 */
export async function trace(program: Program, options: TraceOptions): Promise<number> {
  const { root, signal, say } = program;
  const { id } = await chosenLab(program, options.lab, { gameDay: true });
  const number = shortName(id);
  const target = await openTarget({ root, command: 'lab trace', say, signal });
  try {
    if (target.kind === 'aws') {
      throw new LabError(
        'Only the practice account records message paths.',
        `On AWS, \`npx lab logs ${number} --request ID\` prints what the functions logged for a request.`,
      );
    }
    if ((await runningAccount(root)) === undefined) {
      throw new LabError(
        "The practice account isn't running, and what it recorded ended with it.",
        `Start it with \`npx lab start ${number}\`, send a message on the chat page, and run this again.`,
      );
    }
    const open = await openSubject({ root, labFolder: labFolder(root, id), lab: id, target, signal });
    try {
      const { stack } = open.subject;
      if (!stack.deployed) throw new LabError(stack.reason, `\`npx lab deploy ${number}\` deploys it.`);
      return await follow(program, open.subject, options);
    } finally {
      await open.close();
    }
  } finally {
    await target.close();
  }
}

async function follow(program: Program, subject: Subject, options: TraceOptions): Promise<number> {
  const { root, signal, print } = program;
  const scope = await scopeOf(subject);
  const paths = new Paths();
  const { request, checker = request !== undefined } = options;
  const probes = new Set<string>();
  const isProbe = ({ connectionId = '', trace = '' }: TraceEvent) => probes.has(connectionId) || probes.has(trace);
  let newest = Number.POSITIVE_INFINITY;
  let oldest = 1;
  let seen = 0;
  let isDropped = false;
  let printing: Promise<void> = Promise.resolve();
  const replayed = deferred();
  const events = await openEvents(root, (sent) => {
    if (sent.kind === 'notice') {
      if (sent.name === 'hello') {
        newest = Number(sent.data.newest);
        oldest = Number(sent.data.oldest);
      }
      if (sent.name === 'dropped') isDropped = true;
    } else {
      const { event } = sent;
      seen = event.id;
      // A visitor's later messages are known by its connection, and an invocation's events by its trace.
      if (event.isProbe === true) probes.add(event.connectionId ?? event.trace ?? '');
      const isShown = scope.has(event) && (checker || !isProbe(event));
      const path = isShown ? paths.add(event) : undefined;
      const isNew = seen > newest && path?.isOver === true && endsPath(event, path);
      if (options.follow && isNew) printing = printing.then(() => show(program, subject, path, options));
    }
    if (seen >= newest || newest === 0) replayed.resolve();
  });
  if (events === undefined) throw new LabError("The practice account doesn't answer.", 'Run the command again.');
  signal.addEventListener('abort', () => events.close(), { once: true });
  await Promise.race([replayed.promise, events.ended]);
  const path = request === undefined ? paths.newest() : paths.withId(request);
  if (path !== undefined) printing = printing.then(() => show(program, subject, path, options));
  if (options.follow === true) {
    await events.ended;
    await printing;
    if (isDropped) program.say('Too much was unread, so the account closed the stream. Run the command again.');
    else if (!signal.aborted) program.say('The practice account has stopped, so this command ends, too.');
    return exitCode.fixed;
  }
  events.close();
  await printing;
  if (path !== undefined) return exitCode.fixed;
  const number = shortName(subject.lab);
  const missing =
    request === undefined
      ? `Lab ${number} has received no messages ${await recordedSince(root, oldest)}${probes.size > 0 && !checker ? ", except the checker's (`--checker`)" : ''}.`
      : `The account has no request ${request} for lab ${number}, or no longer has it.`;
  if (options.json !== true)
    wrapping(
      print,
      process.stdout,
    )(`${missing} Send a message on the chat page; \`npx lab open ${number}\` serves it.`);
  return exitCode.notFixed;
}

/** Returns how far back the account's recording goes: it ends with the account, and the oldest events make room. */
async function recordedSince(root: string, oldest: number): Promise<string> {
  if (oldest > 1) return 'in what the practice account still has recorded';
  const began = await stat(join(accountFolder(root), 'owner.json')).catch(() => undefined);
  const when = began === undefined ? '' : ` (${dateAndTimeOf(began.mtime.toISOString())})`;
  return `since the practice account started${when}`;
}

/** Whether this event ended its path: what is logged later doesn't print it again. */
function endsPath({ kind }: { readonly kind: string }, path: Path): boolean {
  const last = {
    message: ['answer'],
    handshake: ['connected', 'refused'],
    disconnect: ['return', 'disconnect'],
    invocation: ['return'],
  };
  return last[path.kind].includes(kind);
}

async function show({ print, link }: Program, subject: Subject, path: Path, options: TraceOptions): Promise<void> {
  const denied = path.events.find((event) => denialIn(event) !== undefined);
  const refusal = denied && (await explainRefusal(subject, denied));
  if (options.json === true) {
    print(JSON.stringify({ lab: subject.lab, ...path, refusal: refusal ?? null }));
    return;
  }
  const columns = process.stdout.columns || 100;
  const lines = renderPath(path, await namesOf(subject), columns);
  for (const line of lines) print(line);
  if (refusal !== undefined) for (const line of ['', ...renderRefusal(refusal, columns, link)]) print(line);
  if (options.follow === true) print('');
}

async function scopeOf(subject: Subject): Promise<Scope> {
  const scope = new Scope(subject.stackName);
  const { api, authorizers } = await observeApi(subject, undefined);
  scope.learn(subject.resources, functionsNamed(subject, api, authorizers));
  return scope;
}

/** The room's rows say who is connected; people who have left are shown by id. */
async function namesOf(subject: Subject): Promise<Names> {
  const tables = await observeTables(subject, undefined);
  const rows = tables.flatMap((table) => table.rows);
  return {
    function: (name) => {
      const made = resourceNamed(subject.resources, 'AWS::Lambda::Function', name);
      return made === undefined ? name : labelOf(subject, made.logicalId);
    },
    connection: (id) => rows.find(({ connectionId }) => connectionId === id)?.values.name ?? id,
  };
}

function deferred(): { readonly promise: Promise<void>; resolve(): void } {
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve: () => resolve() };
}
