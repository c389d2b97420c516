import type { Target } from '../aws/target.ts';
import { explainFailure } from '../failures/failure.ts';
import { finder, locator } from '../observe/locate.ts';
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

/** What the lab's checks share, and what is removed after them. */
export interface OpenSubject {
  readonly subject: Subject;
  /** Takes away what the checks brought; every task is tried. */
  close(): Promise<void>;
}

/** How long taking away one thing may take, in milliseconds: what is left, a later run sweeps. */
const longestTidying = 30_000;

/** The name of a lab's stack. */
export function stackNameOf(lab: string): string {
  return `chat-${lab}`;
}

/** Reads what all checks of a lab start from. Rejects where the account cannot be looked at. */
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
  const room = state.deployed ? await findRoom(target, resources, outputs) : { missing: state.reason };
  const tasks: Array<() => Promise<void>> = [];
  const shared = new Map<unknown, unknown>();
  const subject: Subject = {
    root,
    target,
    lab,
    stackName,
    resources,
    outputs,
    stack: state,
    room,
    locate: locator({ root, labFolder, paths }),
    find,
    began,
    signal,
    afterwards: (task) => void tasks.push(task),
    once<T>(make: (subject: Subject) => Promise<T>) {
      // Under each function there is what it made.
      const made = (shared.get(make) as Promise<T> | undefined) ?? make(subject);
      shared.set(make, made);
      // Who was turned away for a moment may ask again.
      made.catch((error: unknown) => {
        if (explainFailure(error, target).passing && shared.get(make) === made) shared.delete(make);
      });
      return made;
    },
  };
  return {
    subject,
    async close() {
      // What interrupted checks are still making is removed, too.
      await Promise.allSettled([...shared.values()].map((made) => withDeadline(longestTidying, Promise.resolve(made))));
      while (tasks.length > 0) {
        await Promise.allSettled(tasks.splice(0).map((task) => withDeadline(longestTidying, task())));
      }
    },
  };
}

interface Looked extends Pick<Subject, 'stackName' | 'find'> {
  readonly region: string;
}

/** A stack isn't found if the learner's file gives it another name or puts it into another region: then that is the reason. */
function withReason(state: StackState, { stackName, region, find }: Looked): StackState {
  if (state.deployed || !state.reason.startsWith('There is no stack')) return state;
  const named = find([/\bstackName\s*:/]);
  if (named !== undefined) {
    const why = `${named.file}:${named.line} gives it another name (\`stackName\`), and the lab is found by ${stackName} only.`;
    return { ...state, reason: `${state.reason} ${why}` };
  }
  const elsewhere = find([new RegExp(`\\benv\\s*:.*\\bregion\\s*:\\s*['"](?!${region}['"])`)]);
  if (elsewhere === undefined) return state;
  const why = `${elsewhere.file}:${elsewhere.line} puts it into another region (\`env\`) than ${region}, where every command works.`;
  return { ...state, reason: `${state.reason} ${why}` };
}
