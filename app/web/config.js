/** How long to wait for the page's server, in milliseconds. */
const PATIENCE = 10_000;

/**
 * The room of this page: `room`, its address, and `lab`, its lab. If people sign in, `signIn` has Cognito's `endpoint`
 * and the `clientId`. `mail` says whether codes can be read here. If the room no longer exists, `gone` says why, in
 * sentences. `scene` says whether the lab's complaint can be acted out, `history` is the action that asks for old
 * messages, if the room keeps them, and `game` says whether it is part of a game day. The page's server creates this
 * file.
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
