import type { Subject } from '../../checker/checking/check.ts';

/** A subject for sign-ups: its folder, what answers calls to Cognito, and the tasks for after the checks. */
interface SignUps {
  readonly root: string;
  readonly send: unknown;
  readonly tasks: Array<() => Promise<void>>;
  /** The learner's handlers. */
  readonly sources?: readonly string[];
}

export function signUpSubject({ root, send, tasks, sources = [] }: SignUps): Subject {
  return {
    root,
    lab: '08-open-sign-up',
    target: { title: 'the practice account', clients: { cognito: async () => ({ send }) } },
    signal: new AbortController().signal,
    sources: () => sources,
    once: (make: () => Promise<unknown>) => make(),
    afterwards: (task: () => Promise<void>) => void tasks.push(task),
    ended: new AbortController().signal,
  } as unknown as Subject;
}
