/** What a message costs by the number of people in the room, `cost.json`. */
export interface CostDocument {
  /** Which prices, and of when. */
  readonly source?: string;
  readonly people: readonly number[];
  readonly lines: ReadonlyArray<{
    readonly label: string;
    /** As it is shown, one for each number of people. */
    readonly values: readonly string[];
    /** Whether it is more than the room can take. */
    readonly tooMuch?: readonly boolean[];
  }>;
  readonly remark?: string;
}
