import type { AnyCheck } from './check.ts';
import type { Scene } from './scene.ts';

/** The qualities of a room, in the story's four words. */
export type Tag = 'secure' | 'robust' | 'cost' | 'available';

/** A lab, as the registry in `checker/workshop/labs.ts` lists it. */
export interface Lab {
  /** The folder's name in all four trees. */
  readonly id: string;
  /** `The missing route` */
  readonly title: string;
  /** The words of the person with the complaint. */
  readonly complaint: string;
  /** The qualities that the lab is about. */
  readonly tags?: readonly Tag[];
  /** How long a class takes, and how much of that the instructor talks, for the lists of labs. */
  readonly minutes?: { readonly all: number; readonly talking: number };
  /** The lab is still being written: its proof asks for one repair and one shortcut only. */
  readonly draft?: true;
  /** Loads what it checks. That is most of the program, and a command needs it of one lab, or of none. */
  load(): Promise<LabChecks>;
}

/** What a lab checks, and its scene. */
export interface LabChecks {
  readonly checks: readonly AnyCheck[];
  /** The ids of the checks that fail at the start; the others pass or are blocked. */
  readonly failsAtStart: readonly string[];
  /** The complaint, played in the deployed room. */
  readonly scene?: Scene;
}
