import "server-only";
import { z } from "zod";
import { requirePermission, type TenantScope } from "@/lib/db/tenant-scope";
import { toCsv } from "@/lib/kernel/csv";

const rows = z.array(
  z.object({
    redemptionId: z.uuid(),
    handle: z.string(),
    title: z.string().nullable(),
    size: z.string().nullable(),
    recipient: z.string(),
    line1: z.string(),
    line2: z.string(),
    city: z.string(),
    region: z.string(),
    postalCode: z.string(),
    country: z.string(),
    phone: z.string(),
    dueAt: z.string().nullable(),
  }),
);

/** The packing list: where gifts that wait go, what is in each, and a place for the number. Each address read is logged. */
export async function exportAddresses(scope: TenantScope, ids?: readonly string[]): Promise<string> {
  requirePermission(scope, "loyalty.redemptions.fulfil");
  const found = rows.parse(
    await scope.rpc("loyalty_export_addresses", {
      p_client: scope.client.id,
      p_redemptions: ids ? [...ids] : undefined,
    }),
  );
  return toCsv(found, [
    { header: "claim", value: (row) => row.redemptionId },
    { header: "handle", value: (row) => row.handle },
    { header: "gift", value: (row) => row.title ?? "" },
    { header: "size", value: (row) => row.size ?? "" },
    { header: "recipient", value: (row) => row.recipient },
    { header: "line1", value: (row) => row.line1 },
    { header: "line2", value: (row) => row.line2 },
    { header: "city", value: (row) => row.city },
    { header: "region", value: (row) => row.region },
    { header: "postal_code", value: (row) => row.postalCode },
    { header: "country", value: (row) => row.country },
    { header: "phone", value: (row) => row.phone },
    { header: "due_at", value: (row) => row.dueAt ?? "" },
    { header: "tracking_number", value: () => "" },
  ]);
}
