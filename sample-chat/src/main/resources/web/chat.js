import { Composer } from "./composer.js";
import { Connection, Refused } from "./connection.js";
import { Conversation } from "./conversation.js";
import { byId, paintAvatar } from "./dom.js";
import { Door } from "./door.js";
import * as memory from "./memory.js";
import { Messages } from "./messages.js";
import { Outbox } from "./outbox.js";
import { People } from "./people.js";
import { Side } from "./side.js";
import { Status, Title } from "./status.js";
import { TypingLine } from "./typing.js";
import { view } from "./viewer.js";

/** Who I want to be and where; what each new connection tells the server. */
let who = { name: "", room: "" };
let me = null;
let inside = false;
/** Messages that came before the room is known, while joining or changing it; null once it is. */
let held = [];
/** How many messages came while the connection was lost. */
let missed = 0;
let conversation = new Conversation();
const conversations = new Map();

const connection = new Connection(() => who, {
  transport: (name) => status.transport(name),
  attempt: (number) => status.attempt(number),
  unreachable,
  welcome,
  refused,
  lost,
  recovered,
  message: (message, late) => (held ? held.push(message) : receive(message, late)),
  delivered: ({ id, to }) => outbox.delivered(id, to, ownById(id)),
  people: (people) => (held ? undefined : peopleChanged(people)),
  typing: (typing) => typingLine.set(typing),
});
const outbox = new Outbox(connection, (entry) => messages.update(entry));
const status = new Status(() => connection.retry());
const title = new Title();
const typingLine = new TypingLine(byId("typing"), byId("typing-text"));
const people = new People(startWhisper, (text) => show(conversation.addNotice(text)));
const messages = new Messages({ whisper: startWhisper, view, retry, discard }, (person) => people.tag(person));
const side = new Side(switchRoom, leave);
const door = new Door(join);
const composer = new Composer({
  say: (text) => post({ text }),
  picture: (picture) => post({ picture }),
  whisper: (to, text) => post({ to, text }),
  typing: (typing) => connection.tell("typing", typing),
});

function join(wanted) {
  who = wanted;
  door.busy("Joining …");
  connection.open();
}

function refused(message, field) {
  outside();
  door.open();
  door.refuse(message, field);
}

function unreachable() {
  if (inside) return;
  door.open();
  door.busy("The server does not answer. Trying again …");
}

function leave() {
  connection.close();
  outbox.clear();
  conversations.clear();
  outside();
  door.open();
}

function outside() {
  memory.saveJoined(false);
  inside = false;
  held = [];
  byId("chat").hidden = true;
  status.clear();
  title.room("");
}

function lost(byMe) {
  missed = 0;
  outbox.hold();
  people.pause();
  typingLine.clear();
  if (byMe) status.transport("offline");
  else status.lost();
}

/** The server has kept my place in the room, and given me the messages that I missed: all goes on. */
async function recovered(unanswered) {
  status.restored(missed);
  people.resume();
  if (!unanswered) {
    outbox.open(who.room);
    return;
  }
  try {
    const { room, people: list, history } = await connection.request("look");
    openRoom(room, list, history, room === who.room, true);
  } catch {
    // It broke again: whoever connects next looks.
  }
}

/** Each connection starts here, the first as well as one after a break for which the server has not kept my place. */
function welcome({ you, room, people: list, history }) {
  const again = inside && room === who.room;
  me = you;
  inside = true;
  memory.rememberMe(you.id);
  memory.saveName(you.name);
  memory.saveJoined(true);
  byId("me-name").textContent = you.name;
  paintAvatar(byId("me-avatar"), you.name);
  door.close();
  byId("chat").hidden = false;
  status.restored();
  openRoom(room, list, history, again);
  release();
  if (!again) composer.focus();
}

function openRoom(room, list, history, again, kept = false) {
  who = { name: me.name, room };
  memory.saveRoom(room);
  memory.showRoomInAddress(room);
  byId("room-name").textContent = room;
  title.room(room);
  side.room(room);
  if (!conversations.has(room)) conversations.set(room, new Conversation());
  conversation = conversations.get(room);
  const remembers = conversation.merge(history);
  people.enter(me, list, again);
  outbox.resolve(room, remembers || kept);
  if (!again) {
    composer.room(room);
    messages.toEnd();
  } else if (composer.whisperTo) {
    composer.aim(people.present(composer.whisperTo.id));
  }
  messages.replace(conversation.entries);
  outbox.open(room);
}

async function switchRoom(room) {
  if (room === who.room || held) return;
  if (!connection.connected) {
    side.problem("Not connected right now.");
    memory.showRoomInAddress(who.room);
    return;
  }
  held = [];
  outbox.hold();
  composer.hold(true);
  let problem = "";
  try {
    const answer = await connection.request("enter", room);
    typingLine.clear();
    openRoom(answer.room, answer.people, answer.history, false);
    side.close();
    composer.focus();
  } catch (error) {
    problem = error instanceof Refused ? error.message : "The connection broke. Please try again.";
    memory.showRoomInAddress(who.room);
    if (error instanceof Refused) outbox.open(who.room);
  }
  composer.hold(false);
  side.problem(problem);
  release();
}

function release() {
  const messagesHeld = held ?? [];
  held = null;
  messagesHeld.forEach((message) => receive(message));
}

function receive(message, late = false) {
  const entry = conversation.add(message);
  if (!entry) return;
  if (late) {
    missed += 1;
    if (missed === 1) show(conversation.addNotice("While you were away", message.at));
  }
  typingLine.remove(message.from.id);
  show(entry);
  title.arrived();
}

function show(entry) {
  messages.append(entry);
}

function peopleChanged(list) {
  people.update(list);
  if (composer.whisperTo) composer.aim(people.present(composer.whisperTo.id));
}

function startWhisper(person) {
  if (person.id === me.id || memory.isMine(person.id)) return;
  side.close();
  composer.whisper(person);
  composer.aim(people.present(person.id));
}

function post({ text = null, picture = null, to = null }) {
  const alone = !to && people.alone;
  const entry = { from: me, to, text, picture, at: Date.now(), mine: true, state: "waiting", alone, room: who.room, conversation };
  conversation.addOwn(entry);
  show(entry);
  outbox.add(entry);
}

function retry(entry) {
  outbox.retry(entry);
}

function discard(entry) {
  entry.conversation.remove(entry);
  messages.replace(conversation.entries);
  composer.focus();
}

function ownById(id) {
  for (const each of [conversation, ...conversations.values()]) {
    const entry = each.ownById(id);
    if (entry) return entry;
  }
  return undefined;
}

addEventListener("hashchange", () => {
  const room = memory.roomInAddress();
  if (inside && room) switchRoom(room);
});
addEventListener("online", () => inside && connection.retry());

const remembered = { name: memory.savedName(), room: memory.roomInAddress() || memory.savedRooms()[0] };
if (memory.joined() && remembered.name && remembered.room) join(remembered);
else door.open();
