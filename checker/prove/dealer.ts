import type { Lab } from '../checking/lab.ts';
import type { Variant } from './variants.ts';

/** One variant of one lab. */
export interface Task {
  readonly lab: Lab;
  readonly variant: Variant;
}

/** The remaining tasks of one lab. */
interface Pile {
  readonly tasks: Task[];
  /** How many lanes work on it. */
  lanes: number;
}

/**
 * Returns a function that deals tasks: a lane passes the task it finished, and gets its next one, or undefined if none
 * is left. A lane stays with a lab, so that its account is rarely replaced, and then goes to one that no lane works on,
 * or to the one with the most left per lane: some labs mostly wait, and others mostly use the CPU. The last labs go
 * first, and in each, the last variants: many shortcuts wait in vain, and at the end, they would leave a core idle. In
 * each lab, variants that need a new account go first, and those after which it can't be used again go last.
 */
export function dealer(tasks: readonly Task[]): (last?: Task) => Task | undefined {
  const piles = new Map<Lab, Pile>();
  for (const task of tasks) {
    const pile = piles.get(task.lab) ?? { tasks: [], lanes: 0 };
    pile.tasks.push(task);
    piles.set(task.lab, pile);
  }
  for (const { tasks } of piles.values()) tasks.sort((one, other) => turnOf(one) - turnOf(other));
  const labs = [...piles.values()].reverse();
  const most = () => {
    const left = labs.filter(({ tasks }) => tasks.length > 0);
    const share = ({ tasks, lanes }: Pile) => tasks.length / (lanes + 1);
    return left.find(({ lanes }) => lanes === 0) ?? left.sort((one, other) => share(other) - share(one))[0];
  };
  return (last) => {
    const own = last === undefined ? undefined : piles.get(last.lab);
    const next = own?.tasks.pop();
    if (next !== undefined) return next;
    if (own !== undefined) own.lanes -= 1;
    const other = most();
    if (other !== undefined) other.lanes += 1;
    return other?.tasks.pop();
  };
}

/** The highest goes first. */
function turnOf({ variant: { byCli, byHand } }: Task): number {
  return byCli === true ? 1 : byHand === undefined ? 0 : -1;
}
