/**
 * Keeps enough frames of a stack trace to reach the learner's file: with the default of 10, a grant's line would be
 * lost. Not by Node.js's flag `--stack-trace-limit`: under a flag of V8's, Node.js compiles its own modules from
 * source.
 */
export function keepLongTraces(): void {
  Error.stackTraceLimit = 50;
}
