import { rmSync } from "node:fs";
import path from "node:path";
import { Children } from "./stack/children";
import { localEnv, stackConfig } from "./stack/config";
import { lockHolder } from "./stack/lock";
import { stopPostgres } from "./stack/postgres";

/** Forgets the local database, files and mail. The next start begins with the demo data. */
const config = stackConfig(localEnv());
const holder = lockHolder(path.join(config.home, "stack.lock"));
if (holder) {
  console.error(`Portico is running on ${config.home} (process ${holder.pid}). Stop it with Ctrl-C first.`);
  process.exit(1);
}
await new Children(config.home).clearLeftovers();
await stopPostgres(config);
for (const part of ["postgres", "storage", "mail", "postgres.log", "stack.lock", "children.json"]) {
  rmSync(path.join(config.home, part), { recursive: true, force: true });
}
console.log("The local database, files and mail are gone. `npm start` begins again with the demo data.");
process.exit(0);
