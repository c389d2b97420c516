import { claimsOf } from './session.js';

const KEPT = 'channel';
/** Everyone who signed in is a member of this one. */
const GENERAL = 'general';

const room = document.getElementById('room');
let bar;

/**
 * What somebody opens a socket with: their token, and the channel that they are in. Shows their channels, from which they
 * choose another one. Where nobody is in a group, there are no channels to see. Which of them are really theirs, the room
 * finds out.
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

/** A socket is in one channel, so another channel is another socket, and none of what was said here belongs there. */
function switchTo(channel) {
  sessionStorage.setItem(KEPT, channel);
  location.reload();
}
