import "server-only";
import { requireViewer, type TenantScope } from "@/lib/db/tenant-scope";
import { notFound } from "@/lib/kernel/errors";
import { myPayoutsSchema, type MyPayouts } from "./payout.schema";

/** The caller's own boosts, account hint and ledger; null when she is connected to no handle. */
export async function readMyPayouts(scope: TenantScope): Promise<MyPayouts | null> {
  requireViewer(scope);
  return myPayoutsSchema
    .nullable()
    .parse(await scope.rpc("loyalty_read_my_payouts", { p_client: scope.client.id }));
}

/** The same for the API, where being no creator is an address that is not there. */
export async function requireMyPayouts(scope: TenantScope): Promise<MyPayouts> {
  const mine = await readMyPayouts(scope);
  if (!mine) throw notFound("your payouts");
  return mine;
}
