import { focusComposer, giveBack, onSay, setConnected } from './composer.js';
import { needsNewPage, readConfig } from './config.js';
import { RoomGone, stayConnected } from './connection.js';
import { readFrame } from './frames.js';
import { byName } from './join.js';
import { clearMessages, showError, showMessage, showNote } from './messages.js';
import { hideRefusal, showRefusal } from './refusal.js';
import { offerScene } from './scene.js';
import { SessionEnded } from './session.js';
import { bySignIn } from './sign-in.js';
import { onRetry, showState } from './status.js';

/** How long the room can take before the page says that it is waiting. */
const PATIENCE = 8_000;

const room = document.getElementById('room');
const leave = document.getElementById('leave');

let config = await readConfig();
offerScene(config.scene === true);
const door = config.signIn === undefined ? byName() : bySignIn(config.signIn, config.mail === true);

const returning = door.whoWasHere();
if (returning === undefined) waitAtDoor(config.gone);
else enter(returning);

/** Shows the entrance. `reason`: why somebody has to sign in again, one sentence. */
function waitAtDoor(reason) {
  showWhere();
  door.ask(enter, reason);
}

/** One visit to the room, from joining to leaving. */
function enter(visitor) {
  const undelivered = [];
  let heardBefore = false;
  let waiting;

  const connection = stayConnected({
    address: () =>
      addressFor(visitor).catch((error) => {
        if (error instanceof SessionEnded) goAway(error.message);
        throw error;
      }),
    isThere: visitor.isThere,
    onState(state) {
      showState(state);
      if (state.state === 'refused')
        showRefusal(visitor, { goesOn: state.goesOn, onAgain: connection.retryNow, onAway: leaveRoom });
      else if (state.state !== 'connecting') hideRefusal();
      if (state.state !== 'connecting') room.hidden = state.state === 'refused';
      setConnected(state.state === 'connected');
      if (state.state === 'connected') {
        if (heardBefore) showNote("Reconnected. Messages sent in between aren't shown.");
        heardBefore = true;
      }
      if (state.state === 'lost') {
        clearTimeout(waiting);
        // There is space for one of them: the last one, so that they stay in order.
        for (const text of undelivered.splice(0, undelivered.length - 1)) showUndelivered(text);
        returnToSender(undelivered.shift());
      }
    },
    onFrame(data) {
      const frame = readFrame(data);
      if (frame === undefined) return;
      if (frame.kind === 'error') {
        showError(frame);
        returnToSender(undelivered.shift());
      } else {
        showMessage({ ...frame, own: isOwn(frame, visitor, undelivered) });
      }
      if (undelivered.length === 0) clearTimeout(waiting);
    },
  });

  onSay((text) => {
    if (!connection.send({ action: 'sendmessage', text })) return false;
    undelivered.push(text);
    clearTimeout(waiting);
    waiting = setTimeout(() => showNote("The room hasn't answered yet."), PATIENCE);
    return true;
  });
  onRetry(connection.retryNow);

  function leaveRoom() {
    visitor.leave();
    goAway();
  }

  function goAway(reason) {
    connection.leave();
    clearTimeout(waiting);
    clearMessages();
    showState({ state: 'left' });
    hideRefusal();
    room.hidden = true;
    leave.hidden = true;
    waitAtDoor(reason);
  }

  leave.onclick = leaveRoom;
  leave.textContent = visitor.leaving;
  showWhere(visitor);
  room.hidden = false;
  leave.hidden = false;
  focusComposer();
}

/** The line below the title: who is signed in, and which lab this is. */
function showWhere(visitor) {
  const isKnown = visitor?.isKnown === true;
  document.getElementById('signed-in').hidden = !isKnown;
  document.getElementById('lab').textContent = `${isKnown ? visitor.name : 'Unicorn Games'} · ${config.lab}`;
}

/** An undelivered message isn't lost: it can be sent again, or copied. */
function returnToSender(text) {
  if (text !== undefined && !giveBack(text)) showUndelivered(text);
}

function showUndelivered(text) {
  showError({ text: 'The room may not have received your message:', detail: text });
}

/** Called before each connection, because a redeployed room may have another address. */
async function addressFor(visitor) {
  const before = config;
  config = await readConfig().catch(() => config);
  if (needsNewPage(before, config)) location.reload();
  if (config.gone !== undefined) throw new RoomGone(config.gone);
  const address = new URL(config.room);
  for (const [key, value] of Object.entries(await visitor.query())) address.searchParams.set(key, value);
  return address.href;
}

/**
 * Whether a message is one's own. The room sends the same to everyone: if anyone can use any name, one's own messages
 * are recognized because they were just sent. A room that got no name, or doesn't know whom it admitted, calls them
 * stranger.
 */
function isOwn({ from, text }, { name, isKnown }, undelivered) {
  const said = (from === name || from === 'stranger') && take(undelivered, text);
  return said || (isKnown === true && from === name);
}

function take(undelivered, text) {
  const index = undelivered.indexOf(text);
  if (index === -1) return false;
  undelivered.splice(index, 1);
  return true;
}
