import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Target } from '../aws/target.ts';
import { playScene } from '../scene/play.ts';
import { labs } from '../workshop/labs.ts';

/** What a page can play: `tell` gets a line at a time, and the scene goes on until the signal is aborted. */
export type PageScene = (tell: (line: string) => void, signal: AbortSignal) => Promise<void>;

/** How long the visitors of a scene stay for a page that doesn't end it, in milliseconds. */
const LONGEST = 5 * 60_000;

/** The path that a page starts its scene at. */
export const SCENE_PATH = '/scene';

/** Returns the scene of a lab for its page; undefined if the lab has none. */
export function pageScene(root: string, id: string, target: Target): PageScene | undefined {
  const lab = labs.find((each) => each.id === id);
  if (lab?.scene === undefined) return undefined;
  return async (tell, seen) => {
    // The room is left and its rows are removed in peace: only waiting ends with the page.
    const { signal } = new AbortController();
    const untilSeen = () => untilAborted(AbortSignal.any([seen, AbortSignal.timeout(LONGEST)]));
    await playScene({ root, lab, target, signal, tell, overhear() {}, untilSeen });
  };
}

/**
 * Answers a page with the lines of its scene, as they are told. The scene ends when the page closes the request. Only our own
 * page may start one: browsers say which page asks.
 */
export async function answerScene(request: IncomingMessage, response: ServerResponse, play: PageScene): Promise<void> {
  if (request.headers['sec-fetch-site'] !== 'same-origin') {
    response.writeHead(403).end();
    return;
  }
  request.resume();
  const seen = new AbortController();
  response.on('close', () => seen.abort());
  response.writeHead(200, { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' });
  await play((line) => void response.write(`${line}\n`), seen.signal).catch((error: unknown) => {
    response.write(`The scene ended early: ${error instanceof Error ? error.message : String(error)}\n`);
  });
  response.end();
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
