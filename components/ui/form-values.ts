type FormValue = string | boolean | number | null | string[];
export type FormValues = Record<string, FormValue>;

interface Control {
  name: string;
  type: string;
  value: string;
  checked: boolean;
  disabled: boolean;
  /** data-kind="number" | "list" says what the API wants. */
  kind: string | undefined;
}

/** Reads what a person entered into the JSON the API takes: a lone checkbox is a boolean, several are a list. */
export function valuesFrom(controls: Control[]): FormValues {
  const values: FormValues = {};
  const boxes = new Map<string, number>();
  for (const { name, type, kind } of controls) {
    if (name && type === "checkbox") boxes.set(name, (boxes.get(name) ?? 0) + (kind === "list" ? 2 : 1));
  }
  for (const control of controls) {
    const { name, type, value, checked, disabled, kind } = control;
    if (!name || disabled || type === "file" || type === "submit" || type === "button" || type === "fieldset")
      continue;
    if (type === "checkbox") {
      if ((boxes.get(name) ?? 0) > 1) {
        const list = Array.isArray(values[name]) ? values[name] : [];
        values[name] = checked ? [...list, value] : list;
      } else values[name] = checked;
    } else if (type === "radio") {
      if (checked) values[name] = value;
      else if (!(name in values)) values[name] = null;
    } else if (type === "number" || kind === "number") {
      values[name] = value.trim() === "" ? null : Number(value);
    } else values[name] = value;
  }
  return values;
}

export function readForm(form: HTMLFormElement): FormValues {
  const controls = Array.from(form.elements).map((element) => {
    const input = element as HTMLInputElement;
    return {
      name: input.name ?? "",
      type: input.type ?? "",
      value: input.value ?? "",
      checked: input.checked === true,
      disabled: input.disabled === true,
      kind: input.dataset.kind,
    };
  });
  return valuesFrom(controls);
}
