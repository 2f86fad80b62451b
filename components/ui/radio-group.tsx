"use client";

import { useId, type ReactNode } from "react";
import { describedBy } from "./field";
import { useField } from "./form-context";
import { Glyph } from "./glyph";
import { circleAlert } from "./icon-paths";
import type { Choice } from "./select";

interface RadioGroupProps {
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
