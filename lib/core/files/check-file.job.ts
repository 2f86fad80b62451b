import { z } from "zod";

import { defineJob } from "@/lib/core/jobs/server";

import { checkFile } from "./check-file.system";

export const checkFileJob = defineJob({
  id: "files.check-file",
  schema: z.object({ clientId: z.uuid(), fileId: z.uuid() }),
  run: ({ clientId, fileId }, { signal }) => checkFile(clientId, fileId, { signal }),
});
