export { contrastRatio, type BrandCheck, checkBrand } from "./brand";
export {
  settingsPatchSchema,
  settingsSchema,
  programPatchSchema,
  programIds,
  type Settings,
  type SettingsPatch,
} from "./settings.schema";
