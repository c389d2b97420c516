// Knocks at the room of lab 3 as somebody would who knows its address, and nothing else.
import { CloudFormation } from '@aws-sdk/client-cloudformation';
import WebSocket from 'ws';

const { Stacks } = await new CloudFormation().describeStacks({ StackName: 'chat-03-no-auth' });
const room = Stacks[0].Outputs.find(({ OutputKey }) => OutputKey === 'RoomAddress').OutputValue;

const socket = new WebSocket(`${room}?name=security%20officer`);
socket.on('open', () => {
  console.log('I am in.');
  socket.close();
});
socket.on('error', ({ message }) => console.log(message));
