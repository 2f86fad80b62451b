import { Server, type IncomingMessage } from "node:http";
import { peerHeader } from "./client-ip";

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
      request.headers[peerHeader] = request.socket.remoteAddress ?? "";
    }
    return emit.call(this, event, ...args);
  } as typeof prototype.emit;
}
