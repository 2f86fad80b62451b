import { functionRules } from "./functions";
import { grantRules } from "./grants";
import { nameRules } from "./names";
import { policyRules } from "./policies";
import type { Rule } from "./rule";
import { stateRules } from "./states";
import { tableRules } from "./tables";

export const rules: Record<string, Rule[]> = {
  tables: tableRules,
  policies: policyRules,
  grants: grantRules,
  functions: functionRules,
  states: stateRules,
  names: nameRules,
};
