import { missionKinds, type MissionKind } from "@/lib/programs/loyalty/contract";

/** Kinds a business can choose: it counts money or pieces, never both. */
export const kindsFor = (metric: "sales" | "units"): MissionKind[] =>
  missionKinds.filter((kind) => kind !== (metric === "sales" ? "sales_units" : "sales_amount"));
