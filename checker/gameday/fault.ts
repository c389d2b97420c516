/** Something that people complain about. */
export interface Grievance {
  /** Who complains. */
  readonly from: string;
  /** What they say, in the words of somebody who uses the room and knows nothing about AWS. */
  readonly complaint: string;
  /** Where one could look: the first hint. */
  readonly look: string;
  /** What is wrong: the second hint. */
  readonly cause: string;
}

/** A fault that a game day can plant. Its patch stands beside it, from the last lab's solution to the fault. */
export interface Fault extends Grievance {
  /** The checks that tell it apart: the complaint is solved when all of them pass. */
  readonly solvedBy: readonly string[];
  /** Other checks that fail because of it. */
  readonly alsoFails: readonly string[];
  /** Other faults that nobody can see while it is there, by name, where their checks don't tell. */
  readonly masks?: readonly string[];
}
