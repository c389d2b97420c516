// Connects to lab 3's room like a stranger who only knows its address.
import WebSocket from 'ws';
import { outputs } from './outputs.mjs';

const { RoomAddress: room } = await outputs();

const socket = new WebSocket(`${room}?name=security%20officer`);
socket.on('open', () => {
  console.log('I am in.');
  socket.close();
});
socket.on('error', ({ message }) => console.log(message));
