import { focusComposer, giveBack, onSay, setConnected } from './composer.js';
import { readConfig } from './config.js';
import { stayConnected } from './connection.js';
import { readFrame } from './frames.js';
import { askForName, forgetWhoWasHere, whoWasHere } from './join.js';
import { clearMessages, showError, showMessage, showNote } from './messages.js';
import { onRetry, showState } from './status.js';

/** How long the room may take before the page says that it is waiting. */
const PATIENCE = 8_000;

const room = document.getElementById('room');
const leave = document.getElementById('leave');

let config = await readConfig();
document.getElementById('lab').textContent = `Unicorn Games · ${config.lab}`;

const returning = whoWasHere();
if (returning === undefined) askForName(enter);
else enter(returning);

/** One visit to the room, from joining to leaving. */
function enter({ name }) {
  const undelivered = [];
  let heardBefore = false;
  let waiting;

  const connection = stayConnected({
    address: () => addressFor(name),
    onState(state) {
      showState(state);
      setConnected(state.state === 'connected');
      if (state.state === 'connected') {
        if (heardBefore) showNote('Connected again. What was said in between is not shown.');
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
        showMessage({ ...frame, own: frame.from === name && take(undelivered, frame.text) });
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

  leave.onclick = () => {
    connection.leave();
    clearTimeout(waiting);
    forgetWhoWasHere();
    clearMessages();
    showState({ state: 'left' });
    room.hidden = true;
    leave.hidden = true;
    askForName(enter);
  };
  room.hidden = false;
  leave.hidden = false;
  focusComposer();
}

/** What was not delivered is not lost: it can be sent again, or it is there to be copied. */
function returnToSender(text) {
  if (text !== undefined && !giveBack(text)) showUndelivered(text);
}

function showUndelivered(text) {
  showError({ text: 'The room may not have heard what you said:', detail: text });
}

/** Asked before each connection, since a room that is deployed anew may have another address. */
async function addressFor(name) {
  const was = new URL(config.room).origin;
  config = await readConfig().catch(() => config);
  const address = new URL(config.room);
  // This page may open sockets only to the place it was served for: another place needs the page anew.
  if (address.origin !== was) location.reload();
  address.searchParams.set('name', name);
  return address.href;
}

/** The room sends to everybody alike, so one's own words are known by having just been said. */
function take(undelivered, text) {
  const index = undelivered.indexOf(text);
  if (index === -1) return false;
  undelivered.splice(index, 1);
  return true;
}
