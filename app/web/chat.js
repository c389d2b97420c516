import { focusComposer, giveBack, onSay, setConnected } from './composer.js';
import { needsNewPage, readConfig } from './config.js';
import { RoomGone, stayConnected } from './connection.js';
import { readFrame } from './frames.js';
import { showGameDay } from './game-day.js';
import { byName } from './join.js';
import { clearMessages, showError, showMessage, showNote } from './messages.js';
import { hideRefusal, showRefusal } from './refusal.js';
import { offerScene } from './scene.js';
import { SessionEnded } from './session.js';
import { bySignIn } from './sign-in.js';
import { onRetry, showState } from './status.js';

/** How long the room may take before the page says that it is waiting. */
const PATIENCE = 8_000;

const room = document.getElementById('room');
const leave = document.getElementById('leave');

let config = await readConfig();
offerScene(config.scene === true);
showGameDay(config.game === true);
const door = config.signIn === undefined ? byName() : bySignIn(config.signIn, config.mail === true);

const returning = door.whoWasHere();
if (returning === undefined) waitAtDoor(config.gone);
else enter(returning);

/** Nobody is in. `reason`: why somebody is asked again, a sentence. */
function waitAtDoor(reason) {
  showWhere();
  door.ask(enter, reason);
}

/** One visit to the room, from coming in to leaving. */
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
        // A room that remembers tells again what was said. A post from within `$connect` would be too early, so it waits to be asked.
        if (config.history === true) connection.send({ action: 'history' });
        else if (heardBefore) showNote('Connected again. What was said in between is not shown.');
        heardBefore = true;
      }
      if (state.state === 'lost') {
        clearTimeout(waiting);
        // There is room for one of them; it is the last, so that they stay in order.
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
    waiting = setTimeout(() => showNote('The room has not answered yet.'), PATIENCE);
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

/** What was not delivered is not lost: it can be sent again, or it is there to be copied. */
function returnToSender(text) {
  if (text !== undefined && !giveBack(text)) showUndelivered(text);
}

function showUndelivered(text) {
  showError({ text: 'The room may not have heard what you said:', detail: text });
}

/** Asked before each connection, since a room that is deployed anew may have another address. */
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
 * Whether one said this oneself. The room sends to everybody alike: where anybody may take any name, one's own words are
 * known by having just been said. A room that was told no name, or does not know whom it let in, calls them stranger.
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
