import { IncomingMessage, Server } from "node:http";
import { peerHeader } from "./client-ip";
import { readableUrl } from "./readable-url";

const mark = Symbol.for("portico.peer-address");

/**
 * Next hands a handler no socket and keeps any `x-forwarded-for` a caller sends. So the address is taken here, where
 * the request arrives, and written under a name of our own over whatever came with it.
 */
export function recordPeerAddress(): void {
  const prototype = Server.prototype as Server & { [mark]?: true };
  if (prototype[mark]) return;
  prototype[mark] = true;
  const emit = prototype.emit as (event: string, ...args: unknown[]) => boolean;
  prototype.emit = function (this: Server, event: string, ...args: unknown[]): boolean {
    if (event === "request") {
      const request = args[0] as IncomingMessage;
      writePeer(request);
      request.url = readableUrl(request.url ?? "/");
    }
    return emit.call(this, event, ...args);
  } as typeof prototype.emit;
  coverEarlyRequests();
}

const written = new WeakSet<IncomingMessage>();

function writePeer(request: IncomingMessage): void {
  if (written.has(request)) return;
  written.add(request);
  request.headers[peerHeader] = request.socket.remoteAddress ?? "";
}

/** Next listens before it calls us and keeps what came by then waiting. The first thing it does with one is to listen. */
function coverEarlyRequests(): void {
  const on = IncomingMessage.prototype.on as (...args: unknown[]) => IncomingMessage;
  IncomingMessage.prototype.on = function (this: IncomingMessage, ...args: unknown[]): IncomingMessage {
    // An answer to a call of our own is an IncomingMessage too; only what was asked of us has a method.
    if (typeof this.method === "string") writePeer(this);
    return on.apply(this, args);
  } as typeof IncomingMessage.prototype.on;
}
