import "./flags";
import { createServer, type Server } from "node:http";
import path from "node:path";
import { getRequestListener } from "@hono/node-server";
import { App, type EmailDriver } from "@supabase/lite";
import { mendAuth } from "./auth-mends";
import { authSettings } from "./auth-settings";
import type { StackConfig } from "./config";
import { openConnection, requestHeaders } from "./connection";
import { portTaken } from "./processes";
import { DiskStorage } from "./storage-disk";
import { mendStorage } from "./storage-mends";

export const BUCKET = "files";

export interface Api {
  stop(): Promise<void>;
}

function createApp(config: StackConfig, url: string, connections: number, email?: EmailDriver) {
  const disk = new DiskStorage(path.join(config.home, "storage"));
  const connection = openConnection(url, connections);
  const app = new App({
    connection,
    auth: {
      ...authSettings(config.app.url),
      jwt_secret: config.jwtSecret,
      publishable_key: config.publishableKey,
      secret_key: config.secretKey,
    },
    api: { enabled: true, schemas: ["public"], extra_search_path: ["public"], max_rows: 1000 },
    storage: { enabled: true, file_size_limit: "110MiB" },
    studio: { enabled: false },
    options: {
      server: { disableStudio: true, disableFallback: true },
      ...(email ? { drivers: { email } } : {}),
    },
  });
  app._storageAdapter = disk as unknown as NonNullable<typeof app._storageAdapter>;
  return { app, disk, connection };
}

/** Roles, the `auth` and `storage` schemas and the CLI's history table, as a hosted project already has them. */
export async function prepareDatabase(config: StackConfig, url = config.database.url): Promise<void> {
  const { app, connection } = createApp(config, url, 2);
  try {
    await app.ensureSystemSchema();
  } finally {
    await connection.close();
  }
}

/** Data API, Auth and Storage on one port, over the database at `config`. */
export async function startApi(config: StackConfig, email: EmailDriver): Promise<Api> {
  const { host, port } = config.api;
  if (await portTaken(port)) {
    throw new Error(
      `Port ${port} is taken, and the API needs it. Stop what listens there, or set another port in SUPABASE_URL.`,
    );
  }
  const { app, disk, connection } = createApp(config, config.database.url, 20, email);
  await app.init();
  const plain = (request: Request) =>
    requestHeaders.run(Object.fromEntries(request.headers), () => app.fetch(request, { peerAddress: null }));
  const handle = mendStorage(
    mendAuth(plain, { sql: connection.driver, email, siteUrl: config.app.url }),
    async (bucket, key, range) => {
      const part = await disk.getObject(bucket, key, undefined, { range });
      return { metadata: part.metadata, body: part.body as unknown as ReadableStream };
    },
  );
  const listener = getRequestListener(handle, { overrideGlobalObjects: false });
  const server = createServer((request, response) => void listener(request, response));
  await listen(server, host, port);
  return {
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await connection.close();
    },
  };
}

export async function listen(server: Server, host: string, port: number): Promise<void> {
  server.keepAliveTimeout = 65_000;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve();
    });
  });
}
