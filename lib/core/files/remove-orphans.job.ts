import { z } from "zod";

import { defineJob } from "@/lib/core/jobs/server";
import { sql, withClientSql } from "@/lib/db/direct";

import { checkFile } from "./check-file.system";
import { objectPath, removeObjects } from "./storage.system";

const batch = 100;

/** Remove uploads nobody finished within a day, rejected files after a week and former logos; look again at forgotten ones. */
export const removeOrphansJob = defineJob({
  id: "files.remove-orphans",
  schema: z.object({ clientId: z.uuid() }),
  async run({ clientId }, { log, signal }) {
    const forgotten = await sql().query<{ id: string }>(
      "select id from public.core_files where client_id = $1 and state = 'quarantine' and created_at < now() - interval '1 day' limit $2",
      [clientId, batch],
    );
    for (const { id } of forgotten.rows) await checkFile(clientId, id, { signal });

    const stale = await sql().query<{ id: string; purpose: string }>(
      `select id, purpose from public.core_files
       where client_id = $1 and ((state = 'pending' and created_at < now() - interval '1 day')
         or (state = 'rejected' and created_at < now() - interval '7 days')
         or (state = 'clean' and purpose = 'brand-logo' and created_at < now() - interval '1 day'
           and not exists (select from public.clients c where c.id = client_id and c.logo_path like '%/' || core_files.id)))
       order by created_at limit $2`,
      [clientId, batch],
    );
    // Bytes first: if the process dies in between, the row still says there is something to remove.
    await removeObjects(stale.rows.map((row) => objectPath({ clientId, purpose: row.purpose, id: row.id })));
    await withClientSql(
      clientId,
      (db) =>
        db.query(
          `update public.core_files set state = 'deleted', deleted_at = now()
           where client_id = $1 and id = any ($2::uuid[]) and state in ('pending', 'rejected', 'clean')`,
          [clientId, stale.rows.map((row) => row.id)],
        ),
      { actor: "job:files.remove-orphans" },
    );
    if (stale.rows.length > 0) log.info({ files: stale.rows.length }, "removed orphan files");
  },
});
