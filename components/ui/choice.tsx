/* The browser's own controls, drawn ours: they work before any script, in every form, with every aid, and their
   markup carries no style attribute for the content policy to refuse. */
export { Checkbox, Switch } from "./boxes";
export { RadioGroup } from "./radio-group";
export { Select, type Choice } from "./select";
