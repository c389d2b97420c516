import type { Subject } from '../check.ts';
import type { Target } from '../target/target.ts';
import { locator } from './locate.ts';
import { findRoom } from './room.ts';
import { observeStack } from './stack.ts';

export interface SubjectOptions {
  readonly root: string;
  /** The folder with the learner's `stack.ts`. */
  readonly labFolder: string;
  /** The lab's id. */
  readonly lab: string;
  readonly target: Target;
  readonly signal: AbortSignal;
}

/** What the lab's checks share, and what is to be taken away after them. */
export interface OpenSubject {
  readonly subject: Subject;
  /** Takes away what the checks brought; every task is tried. */
  close(): Promise<void>;
}

/** The name of a lab's stack. */
export function stackNameOf(lab: string): string {
  return `chat-${lab}`;
}

/** Reads what all checks of a lab start from. Rejects where the account cannot be looked at. */
export async function openSubject({ root, labFolder, lab, target, signal }: SubjectOptions): Promise<OpenSubject> {
  const stackName = stackNameOf(lab);
  const { state, resources, outputs, paths } = await observeStack(target, stackName);
  const room = state.deployed ? await findRoom(target, resources, outputs) : { missing: state.reason };
  const tasks: Array<() => Promise<void>> = [];
  return {
    subject: {
      target,
      lab,
      stackName,
      resources,
      outputs,
      stack: state,
      room,
      locate: locator({ root, labFolder, paths }),
      signal,
      afterwards: (task) => void tasks.push(task),
    },
    async close() {
      await Promise.allSettled(tasks.splice(0).map((task) => task()));
    },
  };
}
