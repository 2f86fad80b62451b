import { beforeAll, describe, expect, it } from "vitest";
import type { DeadJob } from "@/lib/core/jobs/contract";
import { localEnv } from "../../../scripts/stack/config";
import { call, signIn, stackSql, type SignedIn } from "../../support/stack";

let owner: SignedIn;
let manager: SignedIn;
let stranger: SignedIn;
const cron = (secret: string | null) =>
  call<{ done: number }>("/api/cron/jobs", {
    headers: secret === null ? {} : { authorization: `Bearer ${secret}` },
  });

async function dead(): Promise<string> {
  const [row] = await stackSql<{ id: string }>(
    `insert into public.core_dead_jobs (client_id, job_id, task, payload, attempts, max_attempts, error, queued_at)
     select id, (random() * 1e15)::bigint, 'files.remove-orphans', jsonb_build_object('clientId', id), 8, 8, 'no luck', now()
     from public.clients where slug = 'glow' returning id`,
  );
  return row!.id;
}

beforeAll(async () => {
  [owner, manager, stranger] = (await Promise.all(
    ["owner@glow.test", "manager@glow.test", "owner@hearth.test"].map((email) => signIn(email)),
  )) as [SignedIn, SignedIn, SignedIn];
});

describe("the scheduler's call", () => {
  it("needs the secret", async () => {
    expect((await cron(null)).status).toBe(401);
    expect((await cron("guessed-secret-1234")).status).toBe(401);
    expect((await call("/api/cron/jobs", { as: owner })).status).toBe(401);
  });

  it("may overlap itself and the worker: both come back, and the queue is worked", async () => {
    const answers = await Promise.all([cron(localEnv().CRON_SECRET!), cron(localEnv().CRON_SECRET!)]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
  });
});

describe("failed jobs", () => {
  it("are listed for who may, without what they held", async () => {
    const id = await dead();
    const answer = await call<{ items: DeadJob[] }>("/api/glow/jobs?state=dead", { as: owner });
    expect(answer.data.items.find((job) => job.id === id)).toMatchObject({
      task: "files.remove-orphans",
      error: "no luck",
      attempts: 8,
    });
    expect(answer.text).not.toContain("clientId");
    expect((await call("/api/glow/jobs", { as: manager })).status).toBe(403);
    expect((await call("/api/glow/jobs", { as: stranger })).status).toBe(404);
    expect((await call("/api/glow/jobs")).status).toBe(401);
  });

  it("go round again for who may, once", async () => {
    const id = await dead();
    const retry = (as: SignedIn | null, slug = "glow") =>
      call(`/api/${slug}/jobs/${id}/retry`, { method: "POST", as });
    expect((await retry(manager)).status).toBe(403);
    expect((await retry(stranger)).status).toBe(404);
    expect((await retry(stranger, "hearth")).status).toBe(404);
    expect((await retry(null)).status).toBe(401);
    expect((await retry(owner)).status).toBe(200);
    expect((await retry(owner)).status).toBe(409);
  });
});
