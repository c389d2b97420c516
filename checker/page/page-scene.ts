import type { IncomingMessage } from 'node:http';
import type { Target } from '../aws/target.ts';
import { explainError } from '../failures/explain-error.ts';
import { playScene } from '../scene/play.ts';
import { labs } from '../workshop/labs.ts';
import { type Reply, text } from './reply.ts';

/**
 * Plays a scene: `tell` gets one line at a time, including errors, and the visitors stay until the signal is aborted.
 */
export type PageScene = (tell: (line: string) => void, signal: AbortSignal) => Promise<void>;

/** How long a scene's visitors stay if the page doesn't end it, in milliseconds. */
const LONGEST = 5 * 60_000;

/** The path at which a page starts its scene. */
export const SCENE_PATH = '/scene';

/** Returns the scene of a lab for its page; undefined if the lab has none. */
export async function pageScene(root: string, id: string, target: Target): Promise<PageScene | undefined> {
  const lab = labs.find((each) => each.id === id);
  if (lab === undefined || (await lab.load()).scene === undefined) return undefined;
  return async (tell, seen) => {
    // Leaving the room and removing its rows isn't interrupted: only the waiting ends with the page.
    const { signal } = new AbortController();
    const untilSeen = () => untilAborted(AbortSignal.any([seen, AbortSignal.timeout(LONGEST)]));
    try {
      await playScene({ root, lab, target, signal, tell, overhear() {}, untilSeen });
    } catch (error) {
      for (const line of explainError(error, { root, target }).lines) tell(line);
    }
  };
}

/** Returns the lines of a scene, one by one, for a page. The scene ends when the page closes the request. */
export function sceneReply(request: IncomingMessage, play: PageScene): Reply {
  return {
    ...text(200, ''),
    stream(response) {
      const seen = new AbortController();
      response.on('close', () => seen.abort());
      request.resume();
      // The page shows its panel immediately.
      response.flushHeaders();
      void play((line) => void response.write(`${line}\n`), seen.signal).finally(() => response.end());
    },
  };
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
