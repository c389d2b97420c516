import { claimsOf } from './session.js';

const KEPT = 'channel';
/** Everyone who signed in is a member of this one. */
const GENERAL = 'general';

const room = document.getElementById('room');
let bar;

/**
 * Returns the query of a new socket: the token, and the current channel. Shows the user's channels, so they can switch,
 * unless `general` is the only one. Verifying the groups is up to the room.
 */
export function inChannel(token) {
  const groups = claimsOf(token)['cognito:groups'] ?? [];
  const channels = [GENERAL, ...groups.filter((group) => group !== GENERAL).sort()];
  const kept = sessionStorage.getItem(KEPT);
  const channel = channels.includes(kept) ? kept : GENERAL;
  show(channels, channel);
  return channels.length === 1 ? { token } : { token, channel };
}

function show(channels, current) {
  bar ??= makeBar();
  bar.hidden = channels.length === 1;
  bar.replaceChildren(
    ...channels.map((channel) => {
      const button = document.createElement('button');
      button.type = 'button';
      button.textContent = channel;
      if (channel === current) button.ariaCurrent = 'true';
      button.onclick = () => {
        if (channel !== current) switchTo(channel);
      };
      return button;
    }),
  );
}

function makeBar() {
  const made = document.createElement('nav');
  made.className = 'channels';
  made.ariaLabel = 'Channels';
  room.prepend(made);
  return made;
}

/** A socket is in one channel, so another channel needs a new socket, and an empty log. */
function switchTo(channel) {
  sessionStorage.setItem(KEPT, channel);
  location.reload();
}
