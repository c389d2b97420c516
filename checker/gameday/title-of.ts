import { checks } from './checks.ts';

/** Returns the title of a check; its id, if only another version of the workshop has it. */
export function titleOf(id: string): string {
  return checks.find((check) => check.id === id)?.title ?? id;
}
