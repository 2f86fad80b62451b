import "server-only";
import type { TenantScope } from "@/lib/db/tenant-scope";
import { raffleSchema, type Raffle } from "./raffle.schema";

/** A raffle the caller may see, her entry in it, and what is published of its draw. */
export async function readRaffle(scope: TenantScope, id: string): Promise<Raffle> {
  return raffleSchema.parse(
    await scope.rpc("loyalty_read_raffle", { p_client: scope.client.id, p_raffle: id }),
  );
}

/** The sealed list, byte for byte as it was hashed: a line "number, blank, entry id" for each entry. */
export async function readRaffleList(scope: TenantScope, id: string): Promise<string> {
  return scope.rpc("loyalty_read_raffle_list", { p_client: scope.client.id, p_raffle: id });
}
