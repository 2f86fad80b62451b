"use client";

import { useId, type InputHTMLAttributes, type ReactNode, type SelectHTMLAttributes } from "react";
import { describedBy, Field } from "./field";
import { useField } from "./form-context";
import { Glyph } from "./glyph";
import { chevronDown, circleAlert } from "./icon-paths";
import type { FieldTexts } from "./text-field";

/* The browser's own controls, drawn ours: they work before any script, in every form, with every aid, and their
   markup carries no style attribute for the content policy to refuse. */

export interface Choice {
  value: string;
  label: string;
  hint?: ReactNode;
  disabled?: boolean;
}

export type SelectProps = FieldTexts & {
  choices: readonly Choice[];
} & SelectHTMLAttributes<HTMLSelectElement>;

export function Select({ label, hint, error, aside, small, choices, className, ...select }: SelectProps) {
  const own = useId();
  const id = select.id ?? own;
  const form = useField(select.name, id, label);
  const problem = error ?? form.error;
  return (
    <Field id={id} label={label} hint={hint} error={problem} aside={aside}>
      <div className="selectwrap">
        <select
          {...select}
          id={id}
          className={`input ${small ? "small" : ""} ${className ?? ""}`}
          aria-invalid={problem ? true : undefined}
          aria-describedby={describedBy(id, hint, problem)}
        >
          {choices.map((choice) => (
            <option key={choice.value} value={choice.value} disabled={choice.disabled}>
              {choice.label}
            </option>
          ))}
        </select>
        <Glyph path={chevronDown} />
      </div>
    </Field>
  );
}

type BoxProps = Omit<InputHTMLAttributes<HTMLInputElement>, "type"> & { label: string; hint?: ReactNode };

function useBox(props: BoxProps) {
  const own = useId();
  const id = props.id ?? own;
  return { id, error: useField(props.name, id, props.label).error };
}

export function Checkbox({ label, hint, ...input }: BoxProps & { kind?: "list" }) {
  const { id, error } = useBox({ label, ...input });
  const { kind, ...rest } = input;
  return (
    <div>
      <label className="check">
        <input
          {...rest}
          type="checkbox"
          id={id}
          data-kind={kind}
          aria-invalid={error ? true : undefined}
          aria-describedby={describedBy(id, null, error)}
        />
        <span>
          {label}
          {hint && <span className="sm muted block">{hint}</span>}
        </span>
      </label>
      {error && (
        <p className="error" id={`${id}-error`}>
          <Glyph path={circleAlert} size="s" />
          {error}
        </p>
      )}
    </div>
  );
}

export function Switch({ label, hint, ...input }: BoxProps) {
  const { id } = useBox({ label, ...input });
  return (
    <label className="switch">
      <span>
        {label}
        {hint && <span className="sm muted block">{hint}</span>}
      </span>
      <input {...input} type="checkbox" role="switch" id={id} />
    </label>
  );
}

export interface RadioGroupProps {
  name: string;
  label: string;
  choices: readonly Choice[];
  defaultValue?: string;
  value?: string;
  onChange?: (value: string) => void;
  hint?: ReactNode;
}

export function RadioGroup({ name, label, choices, defaultValue, value, onChange, hint }: RadioGroupProps) {
  const id = useId();
  const { error } = useField(name, `${id}-0`, label);
  return (
    <fieldset aria-describedby={describedBy(id, hint, error)}>
      <legend className="h3">{label}</legend>
      {hint && (
        <p className="sm muted" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {choices.map((choice, index) => (
        <label className="check" key={choice.value}>
          <input
            type="radio"
            id={`${id}-${index}`}
            name={name}
            value={choice.value}
            disabled={choice.disabled}
            defaultChecked={value === undefined ? choice.value === defaultValue : undefined}
            checked={value === undefined ? undefined : choice.value === value}
            onChange={onChange ? () => onChange(choice.value) : undefined}
          />
          <span>
            {choice.label}
            {choice.hint && <span className="sm muted block">{choice.hint}</span>}
          </span>
        </label>
      ))}
      {error && (
        <p className="error" id={`${id}-error`}>
          <Glyph path={circleAlert} size="s" />
          {error}
        </p>
      )}
    </fieldset>
  );
}
