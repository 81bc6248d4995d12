import { useTexts } from "../texts";
import { Field } from "./Field";

/** Asks for the agent's name, where nothing tells it. */
export function NameField({ value, onValue }: { value: string; onValue: (value: string) => void }) {
    const texts = useTexts();
    return (
        <Field label={texts.issue.yourName} hint={texts.issue.yourNameHint}>
            {control => <input {...control} required maxLength={200} value={value} onInput={event => onValue(event.currentTarget.value)} />}
        </Field>
    );
}
