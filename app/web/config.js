/** How long to wait for the page's server, in milliseconds. */
const PATIENCE = 10_000;

/**
 * The room this page belongs to: `room`, its address, and `lab`, its lab. Where people sign in to it, `signIn` says where:
 * Cognito's `endpoint` and the `clientId`; `mail` whether their codes can be read here. Where the room is there
 * no more, `gone` says why, in sentences. `scene` says whether the lab's complaint can be played, `history` whether the
 * room tells what was said before, `game` whether it is part of a game day. The page's server makes the file.
 */
export async function readConfig() {
  const response = await fetch('config.json', { cache: 'no-store', signal: AbortSignal.timeout(PATIENCE) });
  if (!response.ok) throw new Error(`config.json: ${response.status}`);
  return response.json();
}

/** Whether the page has to be reloaded for another config: it may only call the places that it was served for. */
export function needsNewPage(before, after) {
  return (
    new URL(before.room).origin !== new URL(after.room).origin ||
    before.signIn?.endpoint !== after.signIn?.endpoint ||
    before.signIn?.clientId !== after.signIn?.clientId
  );
}
