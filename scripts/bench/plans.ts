export interface PlanNode {
  "Node Type": string;
  "Relation Name"?: string;
  "Parent Relationship"?: string;
  Filter?: string;
  "Index Cond"?: string;
  Plans?: PlanNode[];
}

/** What makes a plan slow under row security. An InitPlan runs once a statement, so helpers are welcome there. */
export function planFaults(node: PlanNode): string[] {
  const own: string[] = [];
  if (node["Node Type"] === "BitmapOr") own.push("BitmapOr");
  if (node["Node Type"] === "Seq Scan") own.push(`sequential scan of ${node["Relation Name"] ?? "?"}`);
  const conditions = `${node.Filter ?? ""} ${node["Index Cond"] ?? ""}`;
  if (node["Relation Name"] && /\bprivate\.\w+\(|SubPlan/.test(conditions))
    own.push(`per-row function on ${node["Relation Name"]}`);
  return [...own, ...(node.Plans ?? []).flatMap(planFaults)];
}
