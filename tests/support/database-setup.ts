import { startTestDatabase } from "./server";

/** Once for a run: a server, and a template that holds today's migrations. */
export default async function setup(): Promise<void> {
  process.env.PORTICO_TEMPLATE = await startTestDatabase();
}
