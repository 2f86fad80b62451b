/* The door of the browser, what brings figures in: files, sources and runs. */
export { importFields, knownHeaders, requiredFields, type ImportField } from "./imports/reading/fields";
export {
  importTicketInputSchema,
  mappingSchema,
  rowOutcomes,
  runListSchema,
  runQuerySchema,
  runRowListSchema,
  runRowQuerySchema,
  runSchema,
  savedMappingSchema,
  saveRunSchema,
  startImportSchema,
  type RowOutcome,
  type Run,
  type RunCheck,
  type RunRow,
  type RunSummary,
} from "./imports/run.schema";
export { awaitsDecision, isBusy, runStates, runTransitions, type RunState } from "./imports/run.states";
export {
  sourceInputSchema,
  sourceKinds,
  sourceSchema,
  type Source,
  type SourceInput,
} from "./sync/source.schema";
