import { batch, computed, signal } from '@preact/signals';
import type { TraceEvent } from '../../../aws/practice.ts';
import { answersOf } from '../path/gates.ts';
import { type Path, pathsOf } from '../path/paths.ts';
import { nameOf } from '../path/people.ts';
import type { Step } from '../path/step.ts';
import { stepsOf } from '../path/steps.ts';
import { activityOf, trafficOf } from '../picture/activity.ts';
import { layOut } from '../picture/layout.ts';
import { linksOf } from '../picture/links.ts';
import { litBy, nothingLit } from '../picture/lit.ts';
import { room } from './documents.ts';
import { withoutVisitors } from './shown-room.ts';
import { events, type Sent } from './stream.ts';

/** The checker's connections, which come and go with every check, and the traces of invocations for it. */
const probes = computed(() => {
  const ids = new Set<string>();
  for (const { event } of events.value) if (event.isProbe) ids.add(event.connectionId ?? event.trace ?? '');
  return ids;
});
const isHidden = ({ connectionId = '', trace = '' }: TraceEvent) =>
  hiddenVisitors.value.has(connectionId) || hiddenVisitors.value.has(trace);

/** Whether the checker has been in the room. */
export const hasProbes = computed(() => probes.value.size > 0);

/** Whether to show and count the checker's visitors, too. */
export const isShowingProbes = signal(false);
const hiddenVisitors = computed(() => (isShowingProbes.value ? new Set<string>() : probes.value));

/** The visible events. */
export const shownEvents = computed<readonly Sent[]>(() =>
  isShowingProbes.value || !hasProbes.value ? events.value : events.value.filter(({ event }) => !isHidden(event)),
);

/** The known paths, the oldest first. */
export const paths = computed(() => pathsOf(shownEvents.value));

/** Whether the newest path is shown as it arrives. */
export const isFollowing = signal(true);
const chosenTrace = signal<string | undefined>(undefined);
const chosenStep = signal<number | undefined>(undefined);

/** The selected path. */
export const path = computed<Path | undefined>(() => {
  const newest = paths.value.at(-1);
  if (isFollowing.value) return newest;
  return paths.value.find(({ trace }) => trace === chosenTrace.value) ?? newest;
});

/** Its index among the paths, from 0; -1 if it is gone. */
export const place = computed(() => (path.value === undefined ? -1 : paths.value.indexOf(path.value)));

/** The names of functions and people. */
export const names = computed(() => {
  const functions = room.value?.functions ?? [];
  return {
    person: nameOf,
    function: (name: string) => functions.find((each) => each.name === name)?.label ?? name,
  };
});

export const steps = computed<readonly Step[]>(() =>
  path.value === undefined ? [] : stepsOf(path.value, names.value),
);

/** The selected step, from 0: the last one unless somebody went back. */
export const step = computed(() => {
  const last = steps.value.length - 1;
  return Math.min(chosenStep.value ?? last, last);
});

export const answers = computed(() => answersOf(events.value));
export const traffic = computed(() => trafficOf(paths.value));

/** The deployed room, without the checker's visitors unless they are shown. */
export const shownRoom = computed(() => room.value && withoutVisitors(room.value, hiddenVisitors.value));
export const activity = computed(() =>
  room.value === undefined ? new Map() : activityOf(room.value, events.value, isHidden),
);

const links = computed(() =>
  room.value === undefined
    ? []
    : linksOf(
        room.value,
        events.value.map(({ event }) => event),
      ),
);
export const layout = computed(() =>
  shownRoom.value === undefined ? undefined : layOut(shownRoom.value, links.value, path.value?.connectionId),
);
export const lit = computed(() => (path.value === undefined ? nothingLit : litBy(path.value, steps.value, step.value)));

/** Shows a path, and stops following. */
export function choosePath(trace: string | undefined): void {
  if (trace === undefined) return;
  stop();
  batch(() => {
    isFollowing.value = false;
    chosenTrace.value = trace;
    chosenStep.value = undefined;
  });
}

/** Shows the path that is this many places after this one. */
export function goBy(places: number): void {
  choosePath(paths.value[place.value + places]?.trace);
}

/** Follows the newest path, or stays with the selected one. */
export function follow(isOn: boolean): void {
  stop();
  batch(() => {
    chosenTrace.value = path.value?.trace;
    isFollowing.value = isOn;
    chosenStep.value = undefined;
  });
}

/** Shows a step of the path. New events don't change that. */
export function chooseStep(index: number): void {
  const { trace } = path.value ?? {};
  batch(() => {
    isFollowing.value = false;
    chosenTrace.value = trace;
    chosenStep.value = Math.max(0, Math.min(index, steps.value.length - 1));
  });
}

/** Shows an event in its path. */
export function showEvent(trace: string | undefined, key: string): void {
  if (!paths.value.some((each) => each.trace === trace)) isShowingProbes.value = true;
  choosePath(trace);
  const index = steps.value.findIndex((each) => each.key === key);
  if (index >= 0) chooseStep(index);
}

/** How long each step is shown while it plays, in milliseconds. */
const beat = 900;

export const isPlaying = signal(false);
let timer: ReturnType<typeof setInterval> | undefined;

/** Plays the path slowly from its beginning, or from the selected step; stops if it is playing. */
export function play(): void {
  if (isPlaying.value) {
    stop();
    return;
  }
  chooseStep(step.value >= steps.value.length - 1 ? 0 : step.value);
  isPlaying.value = true;
  timer = setInterval(() => {
    if (step.value >= steps.value.length - 1) stop();
    else chooseStep(step.value + 1);
  }, beat);
}

/** Stops playing. */
export function stop(): void {
  clearInterval(timer);
  isPlaying.value = false;
}
