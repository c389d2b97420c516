import { setMaxListeners } from 'node:events';
import { rememberReads } from '../aws/remember-reads.ts';
import type { Target } from '../aws/target.ts';
import { explainFailure } from '../failures/failure.ts';
import { handlerSources } from '../observe/handler-sources.ts';
import { finder, locator, programReader } from '../observe/locate.ts';
import { observeRelated } from '../observe/related-stacks.ts';
import { findRoom } from '../observe/room.ts';
import { observeStack } from '../observe/stack.ts';
import type { StackState, Subject } from './check.ts';
import { withDeadline } from './with-deadline.ts';

export interface SubjectOptions {
  readonly root: string;
  /** The folder with the learner's `stack.ts`. */
  readonly labFolder: string;
  /** The lab's id. */
  readonly lab: string;
  readonly target: Target;
  readonly signal: AbortSignal;
}

/** The lab's subject, which its checks share, and their cleanup. */
export interface OpenSubject {
  readonly subject: Subject;
  /** Removes what the checks created; tries every task. */
  close(): Promise<void>;
}

/** How long one cleanup may take, in milliseconds. A later run sweeps the rest. */
const longestTidying = 30_000;

/** The name of a lab's stack. */
export function stackNameOf(lab: string): string {
  return `chat-${lab}`;
}

/** Reads the common starting point of a lab's checks. Rejects if the account can't be read. */
export async function openSubject({ root, labFolder, lab, target, signal }: SubjectOptions): Promise<OpenSubject> {
  const began = Date.now();
  const stackName = stackNameOf(lab);
  const own = await observeStack(target, stackName);
  const { outputs } = own;
  const related = await observeRelated(target, own);
  const resources = [...own.resources, ...related.resources];
  const paths = new Map([...related.paths, ...own.paths]);
  const find = finder({ root, labFolder });
  const state = withReason(own.state, { stackName, region: target.region, find });
  const room = state.deployed ? await findRoom(target, resources, outputs, own.template) : { missing: state.reason };
  const tasks: Array<() => Promise<void>> = [];
  const ended = new AbortController();
  // Each of its notes listens.
  setMaxListeners(0, ended.signal);
  const shared = new Map<unknown, unknown>();
  const memory = rememberReads(target);
  const subject: Subject = {
    root,
    labFolder,
    target: memory.target,
    lab,
    stackName,
    resources,
    outputs,
    stack: state,
    room,
    locate: locator({ root, labFolder, paths }),
    find,
    program: programReader({ root, labFolder }),
    sources: () => handlerSources({ labFolder }),
    began,
    signal,
    afterwards: (task) => void tasks.push(task),
    ended: ended.signal,
    once<T>(make: (subject: Subject) => Promise<T>) {
      // Log groups are found under each function that writes them.
      const made = (shared.get(make) as Promise<T> | undefined) ?? make(subject);
      shared.set(make, made);
      // A request that was throttled, or that came too early for something new, can be repeated.
      made.catch((error: unknown) => {
        const { passing, notFound } = explainFailure(error, target);
        if ((passing || notFound) && shared.get(make) === made) shared.delete(make);
      });
      return made;
    },
    remembering: memory.during,
    forget(...made) {
      for (const make of made) shared.delete(make);
    },
  };
  return {
    subject,
    async close() {
      // Also removes what interrupted checks are still creating.
      await Promise.allSettled([...shared.values()].map((made) => withDeadline(longestTidying, Promise.resolve(made))));
      while (tasks.length > 0) {
        await Promise.allSettled(tasks.splice(0).map((task) => withDeadline(longestTidying, task())));
      }
      ended.abort();
    },
  };
}

interface Looked extends Pick<Subject, 'stackName' | 'find'> {
  readonly region: string;
}

/** If no stack is found because the learner's file renames it or moves it to another region, that is the reason. */
function withReason(state: StackState, { stackName, region, find }: Looked): StackState {
  if (state.deployed || !state.reason.startsWith('There is no stack')) return state;
  const named = find([new RegExp(`\\bstackName\\s*:\\s*['"\`](?!${stackName}['"\`])`)]);
  if (named !== undefined) {
    const why = `${named.file}:${named.line} renames the stack (\`stackName\`), but the lab must be called ${stackName}.`;
    return { ...state, reason: `${state.reason} ${why}` };
  }
  const elsewhere = find([new RegExp(`\\benv\\s*:.*\\bregion\\s*:\\s*['"](?!${region}['"])`)]);
  if (elsewhere === undefined) return state;
  const why = `${elsewhere.file}:${elsewhere.line} puts the stack in a region (\`env\`) other than ${region}, which all commands use.`;
  return { ...state, reason: `${state.reason} ${why}` };
}
