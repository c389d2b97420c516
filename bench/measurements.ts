import type { Measurement } from './measurement.ts';
import { measureChat } from './measurements/chat.ts';
import { measureCheck } from './measurements/check.ts';
import { measureCold } from './measurements/cold.ts';
import { measureConsole } from './measurements/console.ts';
import { measureDecide } from './measurements/decide.ts';
import { measureDeploy } from './measurements/deploy.ts';
import { measureList } from './measurements/list.ts';
import { measureMemory } from './measurements/memory.ts';
import { measureSignIn } from './measurements/sign-in.ts';
import { measureStart } from './measurements/start.ts';
import { measureWatch } from './measurements/watch.ts';

/** The measurements of `npm run bench`, by name. */
export const measurements: Readonly<Record<string, Measurement>> = {
  start: measureStart,
  list: measureList,
  deploy: measureDeploy,
  check: measureCheck,
  watch: measureWatch,
  cold: measureCold,
  chat: measureChat,
  console: measureConsole,
  'sign-in': measureSignIn,
  memory: measureMemory,
  decide: measureDecide,
};
