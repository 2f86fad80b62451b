import { createServer, IncomingMessage, request as httpRequest } from "node:http";
import { Socket, type AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { accessToken, sessionCookie, setEnvironment } from "./environment";
import {
  cookiesAreSecure,
  isSessionCookie,
  readStoredSession,
  sessionCookieOptions,
} from "@/lib/db/session-cookie";
import { refreshSession } from "@/lib/db/refresh-session";
import { peerHeader } from "@/lib/http/client-ip";
import { newNonce, policyText } from "@/lib/http/csp";
import { recordPeerAddress } from "@/lib/http/peer-address";

afterEach(() => setEnvironment());

describe("the content security policy", () => {
  const input = {
    nonce: "n0nce",
    appUrl: "https://portico.example",
    supabaseUrl: "https://ref.supabase.co/",
    isDevelopment: false,
  };
  const policy = policyText(input);

  it("runs nothing inline and evaluates nothing", () => {
    expect(policy).not.toMatch(/unsafe-(inline|eval)|\*/);
    expect(policy).toContain("script-src 'self' 'nonce-n0nce' 'strict-dynamic';");
    expect(policy).toContain("style-src 'self' 'nonce-n0nce';");
    for (const line of [
      "frame-ancestors 'none'",
      "base-uri 'none'",
      "form-action 'self'",
      "object-src 'none'",
    ]) {
      expect(policy).toContain(line);
    }
  });

  it("lets pictures come from storage and files go there", () => {
    expect(policy).toContain("img-src 'self' data: blob: https://ref.supabase.co;");
    expect(policy).toContain("connect-src 'self' https://ref.supabase.co;");
  });

  it("upgrades to https only where there is https", () => {
    expect(policy).toMatch(/upgrade-insecure-requests$/);
    expect(policyText({ ...input, appUrl: "http://localhost:3000" })).not.toContain(
      "upgrade-insecure-requests",
    );
  });

  it("makes a nonce that nobody can guess, new each time", () => {
    expect(newNonce()).toMatch(/^[\w-]{22}$/);
    expect(newNonce()).not.toBe(newNonce());
  });
});

describe("the session cookie", () => {
  it("is out of reach of scripts and other sites, and secure everywhere but on a developer's own machine", () => {
    expect(sessionCookieOptions()).toMatchObject({
      httpOnly: true,
      sameSite: "lax",
      path: "/",
      secure: false,
      maxAge: 2_592_000,
    });
    expect(
      [
        "https://portico.example",
        "http://portico.example",
        "http://192.168.1.5:3000",
        "https://localhost",
      ].map(cookiesAreSecure),
    ).not.toContain(false);
    expect(["http://localhost:3000", "http://127.0.0.1:3000"].map(cookiesAreSecure)).not.toContain(true);
  });

  it("is read whole and in chunks, and as nothing when it was tampered with", () => {
    const value = sessionCookie("a.b.c").split("=")[1]!;
    const from = (cookies: Record<string, string>) => readStoredSession((name) => cookies[name]);
    expect(from({ "portico-session": value })).toMatchObject({
      accessToken: "a.b.c",
      refreshToken: "refresh",
    });
    expect(
      from({ "portico-session.0": value.slice(0, 30), "portico-session.1": value.slice(30) }),
    ).toMatchObject({ accessToken: "a.b.c" });
    for (const bad of ["", "base64-", "base64-!!!", "base64-bnVsbA", "{}", "[]", value.slice(0, 40)]) {
      expect(from({ "portico-session": bad })).toBeNull();
    }
    expect(["portico-session", "portico-session.0", "portico-session.11"].map(isSessionCookie)).not.toContain(
      false,
    );
    expect(
      ["portico-session.x", "xportico-session", "portico-sessions", "theme"].map(isSessionCookie),
    ).not.toContain(true);
  });

  it("asks the auth server nothing while the token lives, and nothing for someone signed out", async () => {
    const [name, value] = sessionCookie(accessToken()).split("=");
    expect(await refreshSession([{ name: name!, value: value! }])).toEqual([]);
    expect(await refreshSession([])).toEqual([]);
  });
});

describe("the peer address", () => {
  it("comes from the socket, over whatever the caller sent under its name", async () => {
    recordPeerAddress();
    recordPeerAddress();
    const server = createServer((request, response) => response.end(String(request.headers[peerHeader])));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const text = await new Promise<string>((resolve, reject) => {
      const call = httpRequest(
        { port, host: "127.0.0.1", headers: { [peerHeader]: "6.6.6.6" } },
        (answer) => {
          answer.setEncoding("utf8").on("data", resolve);
        },
      );
      call.on("error", reject).end();
    });
    server.close();
    expect(text).toBe("127.0.0.1");
  });

  it("is there for a request that came before we did, once it is taken up", () => {
    recordPeerAddress();
    const request = new IncomingMessage(new Socket());
    Object.defineProperty(request.socket, "remoteAddress", { value: "192.0.2.7" });
    request.method = "GET";
    request.headers[peerHeader] = "6.6.6.6";
    request.on("error", () => {});
    expect(request.headers[peerHeader]).toBe("192.0.2.7");
  });

  it("is not written into the answers to calls of our own", () => {
    recordPeerAddress();
    const answer = new IncomingMessage(new Socket());
    answer.on("error", () => {});
    expect(answer.headers).toEqual({});
  });
});
