import { it } from "vitest";
import { freshDatabase } from "../../../support/database";
it("migrates", async () => { const db = await freshDatabase(); await db.drop(); });
