/** Something that people complain about. */
export interface Grievance {
  /** The person who complains. */
  readonly from: string;
  /** The complaint, in the words of somebody who uses the room and knows nothing about AWS. */
  readonly complaint: string;
  /** Where to look: the first hint. */
  readonly look: string;
  /** The cause: the second hint. */
  readonly cause: string;
}

/** A fault that a game day can plant. Its patch is next to it, from the last lab's solution to the fault. */
export interface Fault extends Grievance {
  /** The checks that identify it: the complaint is solved when all of them pass. */
  readonly solvedBy: readonly string[];
  /** Other checks that fail because of it. */
  readonly alsoFails: readonly string[];
  /** Names of other faults that it hides, if the checks don't show that. */
  readonly masks?: readonly string[];
}
