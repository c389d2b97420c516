// The game day's panel: who is complaining about the room, since when, and what was deployed.

/** How often the page looks, in milliseconds. */
const PAUSE = 3000;

const panel = document.getElementById('game-day');
const heading = document.getElementById('game-day-title');
const list = document.getElementById('complaints');
const deployed = document.getElementById('game-day-deployed');

/** Shows the complaints if the page's server has a game day. */
export function showGameDay(isThere) {
  panel.hidden = !isThere;
  if (isThere) void look();
}

async function look() {
  if (document.visibilityState === 'visible') {
    const response = await fetch('gameday.json').catch(() => undefined);
    // If the server is gone, the last state stays until it is back.
    if (response?.ok) show(await response.json());
  }
  setTimeout(look, PAUSE);
}

function show(game) {
  if (game === null) return;
  const open = game.complaints.filter(({ state }) => state === 'open');
  heading.textContent = titleOf(game, open.length);
  const texts = open.map(({ number, from, complaint, since }) => {
    return `${number}. ${from}, since ${timeOf(since)}: “${complaint}”`;
  });
  const shown = [...list.children].map(({ textContent }) => textContent);
  // Replaced only if it changed, so screen readers announce nothing twice.
  if (texts.join('\n') !== shown.join('\n')) list.replaceChildren(...texts.map(item));
  // The first deployment is the game's own.
  const last = game.deployments.slice(1).at(-1);
  deployed.textContent =
    last === undefined
      ? "You haven't deployed anything yet."
      : `Deployed at ${timeOf(last.at)}: ${last.files.join(', ')}.${last.broke ? ' That broke something that worked.' : ''}`;
}

function titleOf({ endsAt, endedAt, score, of }, open) {
  const points = `${score} of ${of} points`;
  if (endedAt !== null) return `The game day is over: ${points}`;
  if (endsAt === null) return 'Game day';
  const minutes = Math.max(0, Math.ceil((Date.parse(endsAt) - Date.now()) / 60_000));
  const complaints = open === 0 ? 'nobody is complaining' : `${open} open ${open === 1 ? 'complaint' : 'complaints'}`;
  return `Game day: ${complaints}, ${minutes} min left, ${points}`;
}

function item(text) {
  const entry = document.createElement('li');
  entry.textContent = text;
  return entry;
}

function timeOf(at) {
  return new Date(at).toLocaleTimeString('en-GB');
}
