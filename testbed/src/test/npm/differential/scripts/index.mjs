import { acks } from "./acks.mjs";
import { binary } from "./binary.mjs";
import { connect } from "./connect.mjs";
import { cors } from "./cors.mjs";
import { events } from "./events.mjs";
import { http } from "./http.mjs";
import { malformed } from "./malformed.mjs";
import { official } from "./official.mjs";
import { reasons } from "./reasons.mjs";
import { rooms } from "./rooms.mjs";
import { upgrade } from "./upgrade.mjs";
import { websocket } from "./websocket.mjs";

/** All scripts: `run(stage)` over the transports in `over`, or over all of them. */
export const SCRIPTS = [
  ...connect,
  ...events,
  ...binary,
  ...acks,
  ...rooms,
  ...reasons,
  ...malformed,
  ...http,
  ...cors,
  ...websocket,
  ...upgrade,
  ...official,
];
