import type { TraceEvent } from '../../../aws/practice.ts';
import { short } from '../words.ts';
import { askedLine } from './authorizer-line.ts';
import { lineOf } from './line-of-event.ts';
import type { Path } from './paths.ts';
import type { Names, Step } from './step.ts';

/**
 * The shortest time of a function's own code that is shown as a step, in milliseconds, and as a fraction of the path.
 */
const shortest = 2;
const leastPart = 0.03;

/** Returns the steps of a path, from the client's frame to the answer. */
export function stepsOf(path: Path, names: Names): Step[] {
  const [first] = path.sent;
  if (first === undefined) return [];
  const start = Math.min(...path.sent.map(({ event }) => beginOf(event)));
  const sayer = names.person(path.connectionId);
  const steps = path.sent.flatMap((sent) => {
    const said = lineOf(sent.event, sayer, names);
    if (said === undefined) return [];
    const [at, took] = [beginOf(sent.event) - start, tookOf(sent.event)];
    const asked = askedLine(sent.event, names);
    if (asked === undefined) return [{ key: sent.id, at, took, sent, ...said }];
    return [
      { key: `asked ${sent.id}`, at, took, ...asked },
      { key: sent.id, at: at + took, took: 0, sent, ...said },
    ];
  });
  return withOwnCode(
    steps.toSorted((a, b) => a.at - b.at),
    names,
  ).map(spaced);
}

/** Returns how long a path took, as far as known. */
export function lengthOf(steps: readonly Step[]): number {
  return Math.max(0.1, ...steps.map(({ at, took }) => at + took));
}

function beginOf(event: TraceEvent): number {
  return event.kind === 'invocation' ? event.mono - event.waitedMs : event.mono;
}

function tookOf(event: TraceEvent): number {
  if (event.kind === 'call' || event.kind === 'authorizer') return event.ms;
  return event.kind === 'invocation' ? event.waitedMs : 0;
}

/** The time between a function's calls belongs to its own code, or to the SDK. */
function withOwnCode(steps: readonly Step[], names: Names): Step[] {
  const total = lengthOf(steps);
  const made: Step[] = [];
  /** Until when each invocation was busy with a step that is shown. */
  const busyUntil = new Map<string, number>();
  for (const step of steps) {
    const { event } = step.sent ?? {};
    const id = event?.requestId;
    if (event !== undefined && id !== undefined && (event.kind === 'call' || event.kind === 'return')) {
      const since = busyUntil.get(id);
      const gap = since === undefined ? 0 : step.at - since;
      if (since !== undefined && gap > Math.max(shortest, total * leastPart)) {
        const name = names.function(event.function ?? '');
        made.push({
          key: `own ${step.key}`,
          at: since,
          took: gap,
          depth: 2,
          tone: 'own code',
          what: [`${name}’s own code`],
          places: [`function ${event.function}`],
        });
      }
    }
    if (id !== undefined && (event?.kind === 'call' || event?.kind === 'invocation')) {
      busyUntil.set(id, Math.max(busyUntil.get(id) ?? 0, step.at + step.took));
    }
    made.push(step);
  }
  return made.toSorted((a, b) => a.at - b.at);
}

/** A step without a duration is drawn as a moment. */
function spaced(step: Step): Step {
  return step.took < 0 ? { ...step, took: 0 } : step;
}

/** Returns a path's title. */
export function titleOf(path: Path, names: Names): string {
  const name = names.person(path.connectionId);
  const [first] = path.sent;
  if (path.kind === 'handshake') return `${name} connects`;
  if (path.kind === 'disconnect') return `${name} leaves`;
  return first?.event.kind === 'frame' ? `${name}: “${textIn(first.event.text)}”` : name;
}

/** Returns the text of a message frame. */
function textIn(frame: string): string {
  try {
    const { text } = JSON.parse(frame) as { text?: unknown };
    if (typeof text === 'string') return short(text, 60);
  } catch {
    // If it can't be parsed, it is shown unchanged.
  }
  return short(frame, 60);
}
